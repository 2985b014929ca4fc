import { expect, test } from 'vitest';
import { albumPatch, descriptionPatch } from '../../src/google/update-mask.ts';

test.each([
  [{ title: 'Lisboa' }, { id: 'a', updateMask: 'title', title: 'Lisboa' }],
  [{ coverPhotoMediaItemId: 'm' }, { id: 'a', updateMask: 'cover_photo_media_item_id', coverPhotoMediaItemId: 'm' }],
  [
    { coverPhotoMediaItemId: 'm', title: 'Lisboa' },
    { id: 'a', updateMask: 'title,cover_photo_media_item_id', title: 'Lisboa', coverPhotoMediaItemId: 'm' },
  ],
  [{ title: undefined, coverPhotoMediaItemId: undefined }, undefined],
])('the patch of an album for %j', (change, request) => {
  expect(albumPatch('a', change)).toEqual(request);
});

test('the patch of a description, also of one that goes', () => {
  expect(descriptionPatch('m', '')).toEqual({ id: 'm', updateMask: 'description', description: '' });
});
