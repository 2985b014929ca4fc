/** No token, code, verifier or client secret in anything that is written anywhere but where it belongs. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from '../../src/auth/secret.ts';
import { reset, type Step, startScripted } from '../google/scripted.ts';
import { bundle } from '../harness/program.ts';
import { formOf, temporaryFolder } from './fake-google.ts';

const echo = (status: number): Step => ({
  status,
  json: {
    error: 'invalid_grant',
    error_description: 'MARKED-code MARKED-refresh MARKED-client-secret are no good',
    error_uri: 'https://x.test/MARKED-code',
  },
});

const script: Step[] = [
  echo(400),
  { status: 400, text: '<html>MARKED-code MARKED-client-secret</html>' },
  // The library tries a dropped connection once more.
  reset,
  reset,
  {
    json: {
      access_token: 'MARKED-access',
      refresh_token: 'MARKED-refresh',
      expires_in: 3599,
      scope: 'https://www.googleapis.com/auth/photoslibrary.appendonly',
    },
  },
  {
    status: 400,
    json: { error: { code: 400, message: 'Bad header: Bearer MARKED-access', status: 'INVALID_ARGUMENT' } },
  },
  reset,
  echo(400),
];

test('plants marked secrets and searches all that the program wrote', async () => {
  const google = await startScripted((request, response) => {
    const step = script.shift() ?? { status: 500, text: '' };
    if (typeof step === 'function') return step(request, response);
    const type = step.json === undefined ? 'text/html' : 'application/json';
    response.writeHead(step.status ?? 200, { 'content-type': type });
    response.end(step.text ?? JSON.stringify(step.json));
  });
  const folder = await temporaryFolder();
  const program = await bundle('test/auth/programs/secrets.ts');
  const stateDir = join(folder, 'state');
  // With this, google-auth-library would log what it sends and gets.
  const env = { ...process.env, GOOGLE_SDK_NODE_LOGGING: '*' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, stateDir, google.origin], { env });

  // It really went through all of it.
  for (const reason of ['codeRejected', 'unexpected', 'network', 'revoked', 'You are signed in', 'INVALID_ARGUMENT']) {
    expect(stdout).toContain(reason);
  }
  const verifiers = google.seen.map((_, index) => formOf(google, index).code_verifier).filter(Boolean);
  expect(verifiers.length).toBeGreaterThan(2);
  for (const secret of ['MARKED', ...verifiers]) {
    expect(stdout).not.toContain(secret);
    expect(stderr).not.toContain(secret);
  }
  const files = (await readdir(stateDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const holding = [];
  for (const { parentPath, name } of files) {
    const text = await readFile(join(parentPath, name), 'utf8');
    if (text.includes('MARKED')) holding.push(join(parentPath, name).slice(stateDir.length + 1));
    // Only what cannot be had again without the person.
    expect(text).not.toMatch(/MARKED-(access|code|client-secret)/);
  }
  const key = encodeURIComponent(`default at ${new URL(google.origin).host}`);
  expect(holding).toEqual([join('tokens', `${key}.json`)]);
  expect(files).toHaveLength(2);
});

test('a secret cannot be printed by accident', () => {
  const secret = new Secret('MARKED');
  const holder = { secret, list: [secret], map: new Map([['s', secret]]) };
  const printed = [
    `${secret}`,
    String(secret),
    JSON.stringify(holder),
    inspect(holder, { depth: 9, showHidden: true }),
    Object.values(secret).join(),
  ];
  expect(printed.join()).not.toContain('MARKED');
  expect(secret.reveal()).toBe('MARKED');
});
