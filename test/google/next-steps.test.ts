import { expect, test } from 'vitest';
import { GoogleError } from '../../src/google/errors.ts';
import { nextStep } from '../../src/google/next-steps.ts';

test.each([
  [undefined, 'Call again in a minute.'],
  [1, 'Call again in 1 second.'],
  [30, 'Call again in 30 seconds.'],
  [119.5, 'Call again in 120 seconds.'],
  [120, 'Call again in 2 minutes.'],
  [7199, 'Call again in 120 minutes.'],
  [40_000, 'Call again in 12 hours.'],
  [172_800, 'Call again in 48 hours.'],
  [172_801, 'Call again in 3 days.'],
  [604_800, 'Call again in 7 days.'],
])('after %s seconds: %s', (retryAfterSeconds, words) => {
  const error = new GoogleError({ method: 'albums.list', reason: 'quotaMinute', message: '', retryAfterSeconds });
  expect(nextStep(error)).toBe(words);
});
