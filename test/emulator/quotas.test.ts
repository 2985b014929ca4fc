/** Quotas and disabled APIs (contract 6.1, 6.3, 12.2). */
import { expect, test } from 'vitest';
import { startHarness } from './harness.ts';

test('rule 39: past the daily quota every request is 429, in the words that were captured', async () => {
  const { api } = await startHarness({ overrides: { requestsPerDay: 2 } });
  expect((await api('GET', '/v1/albums')).status).toBe(200);
  expect((await api('GET', '/v1/mediaItems')).status).toBe(200);
  const { status, json } = await api('GET', '/v1/albums?alt=json');
  const message = json.error.message;
  expect(status).toBe(429);
  expect(message).toMatch(
    /^Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service 'photoslibrary\.googleapis\.com' for consumer 'project_number:\d+'\.$/,
  );
  const number = /project_number:(\d+)/.exec(message)?.[1];
  expect(json).toEqual({
    error: {
      code: 429,
      message,
      errors: [{ message, domain: 'global', reason: 'rateLimitExceeded' }],
      status: 'RESOURCE_EXHAUSTED',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'RATE_LIMIT_EXCEEDED',
          domain: 'googleapis.com',
          metadata: {
            quota_limit_value: '2',
            consumer: `projects/${number}`,
            service: 'photoslibrary.googleapis.com',
            quota_limit: 'ApiCallsPerProjectPerDay',
            quota_location: 'global',
            quota_metric: 'photoslibrary.googleapis.com/all_requests',
          },
        },
        {
          '@type': 'type.googleapis.com/google.rpc.Help',
          links: [
            {
              description: 'Request a higher quota limit.',
              url: 'https://cloud.google.com/docs/quota#requesting_higher_quota',
            },
          ],
        },
      ],
    },
  });
});

test('the daily quota returns at midnight in California', async () => {
  const lateEvening = Date.parse('2026-11-24T07:59:00Z'); // 23:59 in Los Angeles
  const { api, emulator } = await startHarness({ now: () => lateEvening, overrides: { requestsPerDay: 1 } });
  expect((await api('GET', '/v1/albums')).status).toBe(200);
  expect((await api('GET', '/v1/albums')).status).toBe(429);
  emulator.advance(30);
  expect((await api('GET', '/v1/albums')).status).toBe(429);
  emulator.advance(31);
  expect((await api('GET', '/v1/albums')).status).toBe(200);
});

test('each project has a quota of its own; who may not come in pays nothing', async () => {
  const { api, token } = await startHarness({ overrides: { requestsPerDay: 1 } });
  const other = token(['photoslibrary.readonly.appcreateddata'], 'other-app');
  const scopeless = token(['photospicker.mediaitems.readonly'], 'other-app');
  expect((await api('GET', '/v1/albums', undefined, { token: scopeless })).status).toBe(403);
  expect((await api('GET', '/v1/albums')).status).toBe(200);
  expect((await api('GET', '/v1/albums')).status).toBe(429);
  expect((await api('GET', '/v1/albums', undefined, { token: other })).status).toBe(200);
});

test('writes a minute', async () => {
  const { api, emulator } = await startHarness({ overrides: { writesPerMinute: 2 } });
  const write = () => api('POST', '/v1/albums', { album: { title: 'A' } });
  expect([(await write()).status, (await write()).status]).toEqual([200, 200]);
  const { status, json } = await write();
  expect(status).toBe(429);
  expect(json.error.message).toMatch(
    /^Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'photoslibrary\.googleapis\.com' for consumer 'project_number:\d+'\.$/,
  );
  expect((await api('GET', '/v1/albums')).status).toBe(200);
  emulator.advance(61);
  expect((await write()).status).toBe(200);
});

test('an API that is not enabled says so, before it looks at scopes', async () => {
  const { api, token, emulator } = await startHarness();
  emulator.overrides.disabledApis = ['photoslibrary'];
  const { status, json } = await api('GET', '/v1/albums', undefined, {
    token: token(['photospicker.mediaitems.readonly']),
  });
  expect([status, json.error.status]).toEqual([403, 'PERMISSION_DENIED']);
  expect(json.error.message).toMatch(
    /^Photos Library API has not been used in project \d+ before or it is disabled\. Enable it by visiting https:\/\/console\.developers\.google\.com\//,
  );
});
