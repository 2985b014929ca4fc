/** OAuth scopes of the Photos APIs (contract 2). */

const PREFIX = 'https://www.googleapis.com/auth/';

export const APPEND_ONLY = `${PREFIX}photoslibrary.appendonly`;
export const READ_APP_DATA = `${PREFIX}photoslibrary.readonly.appcreateddata`;
export const EDIT_APP_DATA = `${PREFIX}photoslibrary.edit.appcreateddata`;
export const PICKER = `${PREFIX}photospicker.mediaitems.readonly`;

/** Removed on 2025-03-31; alive only under `--legacy-sharing`. */
export const LEGACY_ALL = `${PREFIX}photoslibrary`;
export const LEGACY_READ = `${PREFIX}photoslibrary.readonly`;
export const LEGACY_SHARING = `${PREFIX}photoslibrary.sharing`;

export const LIVE_SCOPES: readonly string[] = [APPEND_ONLY, READ_APP_DATA, EDIT_APP_DATA, PICKER];
export const REMOVED_SCOPES: readonly string[] = [LEGACY_ALL, LEGACY_READ, LEGACY_SHARING];
