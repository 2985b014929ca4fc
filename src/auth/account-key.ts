/** Which account: grants of Google and of an emulator never meet, whatever the account is called. */
export function accountKey(account: string, issuer: string): string {
  return issuer === 'google' ? account : `${account} at ${issuer}`;
}

/** A file name for any account name, reversible and without separators, also on Windows. */
export function fileNameOf(key: string): string {
  return `${encodeURIComponent(key).replaceAll('*', '%2A').replace(/^\./, '%2E')}.json`;
}
