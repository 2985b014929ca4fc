/** The Picker API (contract 8): its wire shapes, and its four methods. */

import type { CallOptions } from './call-options.ts';
import { GoogleError } from './errors.ts';
import type { CallSpec } from './methods.ts';
import type { VideoStatus } from './types.ts';

/** Contract 8.2. */
export interface PickingSession {
  id: string;
  /** Where the person chooses; dies with Done. */
  pickerUri?: string;
  /** Only while the person is choosing. Durations, `"5s"`; `timeoutIn` of `"0s"` means: stop asking. */
  pollingConfig?: { pollInterval?: string; timeoutIn?: string };
  /** RFC 3339: the end of the session and of the bytes of all that was picked in it. */
  expireTime?: string;
  /** int64 as a string. */
  pickingConfig?: { maxItemCount?: string };
  /** The person is done; absent means false. */
  mediaItemsSet?: boolean;
}

/** Contract 8.3: numbers are numbers, unlike the Library's. */
export interface PickedMediaItem {
  id: string;
  createTime?: string;
  type?: 'TYPE_UNSPECIFIED' | 'PHOTO' | 'VIDEO';
  mediaFile?: {
    /** Needs a suffix and the bearer; valid for 60 minutes (contract 8.5). */
    baseUrl?: string;
    mimeType?: string;
    filename?: string;
    mediaFileMetadata?: {
      width?: number;
      height?: number;
      cameraMake?: string;
      cameraModel?: string;
      photoMetadata?: { focalLength?: number; apertureFNumber?: number; isoEquivalent?: number; exposureTime?: string };
      videoMetadata?: { fps?: number; processingStatus?: VideoStatus };
    };
  };
}

export interface PickedPage {
  mediaItems?: PickedMediaItem[];
  nextPageToken?: string;
}

export interface Picker {
  /** @throws GoogleError `photosDisabled` when the person never opened Google Photos. */
  create(request: { maxItemCount?: number }, options?: CallOptions): Promise<PickingSession>;
  /** @throws GoogleError `notFound` for a session that is deleted or expired. */
  get(sessionId: string, options?: CallOptions): Promise<PickingSession>;
  /** 100 at most on a page. @throws GoogleError `failedPrecondition` until the person is done, `notFound` as above. */
  list(sessionId: string, page: { pageSize?: number; pageToken?: string }, options?: CallOptions): Promise<PickedPage>;
  /** A session that is gone already is as good as deleted. */
  delete(sessionId: string, options?: CallOptions): Promise<void>;
}

export type PickerMethod =
  | 'picker.sessions.create'
  | 'picker.sessions.get'
  | 'picker.sessions.delete'
  | 'picker.mediaItems.list';

const PICKER_METHODS: { readonly [M in PickerMethod]: CallSpec } = {
  // A blind retry leaves a session behind whose id never arrived.
  'picker.sessions.create': { verb: 'POST', path: '/v1/sessions', query: [], retry: 'ifRefused' },
  'picker.sessions.get': { verb: 'GET', path: '/v1/sessions/{sessionId}', query: [], retry: 'read' },
  'picker.sessions.delete': { verb: 'DELETE', path: '/v1/sessions/{sessionId}', query: [], retry: 'idempotent' },
  'picker.mediaItems.list': {
    verb: 'GET',
    path: '/v1/mediaItems',
    query: ['sessionId', 'pageSize', 'pageToken'],
    retry: 'read',
  },
};

/** Sends a request to the Picker API. */
type Send = <Reply>(method: PickerMethod, spec: CallSpec, request: object, options: CallOptions) => Promise<Reply>;

export function createPicker(send: Send): Picker {
  const call = <Reply>(method: PickerMethod, request: object, options: CallOptions = {}) =>
    send<Reply>(method, PICKER_METHODS[method], request, options);
  return {
    async create({ maxItemCount }, options) {
      const pickingConfig = maxItemCount === undefined ? {} : { pickingConfig: { maxItemCount: String(maxItemCount) } };
      try {
        return await call<PickingSession>('picker.sessions.create', pickingConfig, options);
      } catch (error) {
        throw isReason(error, 'failedPrecondition') ? error.with({ reason: 'photosDisabled' }) : error;
      }
    },
    get: (sessionId, options) => call('picker.sessions.get', { sessionId }, options),
    list: (sessionId, page, options) => call('picker.mediaItems.list', { sessionId, ...page }, options),
    async delete(sessionId, options) {
      try {
        await call('picker.sessions.delete', { sessionId }, options);
      } catch (error) {
        if (!isReason(error, 'notFound')) throw error;
      }
    },
  };
}

const isReason = (error: unknown, reason: GoogleError['reason']): error is GoogleError =>
  error instanceof GoogleError && error.reason === reason;

/** A Duration of proto3 JSON, `"3.5s"`, in milliseconds. */
export function durationMs(text: string | undefined): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
