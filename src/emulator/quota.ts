/** Quotas a project or a user can exhaust, and what Google says then (contract 6.1, 6.3). */
import { quotaDay } from './clock.ts';
import type { Deps } from './deps.ts';
import { GoogleApiError } from './errors.ts';
import type { ProjectId } from './model.ts';
import { projectNumber, type Usage } from './state.ts';

function usageOf({ state, clock }: Deps, project: ProjectId): Usage {
  const day = quotaDay(clock);
  const known = state.usage.get(project);
  if (known?.day === day) return known;
  const fresh: Usage = { day, requests: 0, mediaBytes: 0, writes: known?.writes ?? [] };
  state.usage.set(project, fresh);
  return fresh;
}

/** Counts one API request; 429 past the daily limit. */
export function chargeRequest(deps: Deps, project: ProjectId): void {
  const usage = usageOf(deps, project);
  usage.requests += 1;
  if (usage.requests > deps.overrides.requestsPerDay) {
    throw quotaError(project, 'All requests', 'All requests per day', {
      quota_limit_value: String(deps.overrides.requestsPerDay),
      quota_limit: 'ApiCallsPerProjectPerDay',
      quota_metric: 'photoslibrary.googleapis.com/all_requests',
    });
  }
}

/** Counts one fetch of a base URL; false past the daily limit (the image host then answers 429). */
export function chargeMediaBytes(deps: Deps, project: ProjectId): boolean {
  const usage = usageOf(deps, project);
  usage.mediaBytes += 1;
  return usage.mediaBytes <= deps.overrides.mediaBytesPerDay;
}

/** Counts one write; 429 past the limit of a minute. */
export function chargeWrite(deps: Deps, project: ProjectId): void {
  const { writesPerMinute } = deps.overrides;
  if (!Number.isFinite(writesPerMinute)) return;
  const usage = usageOf(deps, project);
  const now = deps.clock.now();
  usage.writes = usage.writes.filter((at) => at > now - 60_000);
  if (usage.writes.length >= writesPerMinute) {
    throw quotaError(project, 'Write requests', 'Write requests per minute per user', {
      quota_limit_value: String(writesPerMinute),
      quota_limit: 'WritesPerMinutePerUser',
      quota_metric: 'photoslibrary.googleapis.com/write_requests',
    });
  }
  usage.writes.push(now);
}

/** A write that meets another one of the same user (contract 3.10). */
export const concurrentWrite = (): GoogleApiError =>
  new GoogleApiError(
    'RESOURCE_EXHAUSTED',
    "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.",
  );

function quotaError(
  project: ProjectId,
  metric: string,
  limit: string,
  metadata: Record<string, string>,
): GoogleApiError {
  const number = projectNumber(project);
  return new GoogleApiError(
    'RESOURCE_EXHAUSTED',
    `Quota exceeded for quota metric '${metric}' and limit '${limit}' of service 'photoslibrary.googleapis.com' for consumer 'project_number:${number}'.`,
    {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'RATE_LIMIT_EXCEEDED',
          domain: 'googleapis.com',
          metadata: {
            ...metadata,
            consumer: `projects/${number}`,
            service: 'photoslibrary.googleapis.com',
            quota_location: 'global',
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
  );
}
