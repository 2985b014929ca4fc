import { describe, expect, it } from 'vitest';
import { upload } from '../../src/media/upload.ts';
import { openDesk, writePhotos } from './kit.ts';

describe('upload', () => {
  it('puts 200 files into a new album with 200 byte uploads, 4 batches and one album', async () => {
    const desk = await openDesk();
    const names = writePhotos(desk.photos, 200);
    const report = await upload({ from: [desk.photos], albumTitle: 'Lisbon' }, desk.deps());
    expect(report.counts).toEqual({ uploaded: 200, alreadyThere: 0, failed: 0, left: 0 });
    expect(await desk.control.requests()).toEqual({
      'uploads.raw': 200,
      'mediaItems.batchCreate': 4,
      'albums.create': 1,
      'albums.list': 1,
    });
    expect(await desk.control.albumNames('Lisbon')).toEqual(names);
  });
});
