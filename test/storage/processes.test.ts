import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { codeOf, hasCode, isSystemError } from '../../src/storage/errors.ts';
import { identifyProcess, isProcessAlive } from '../../src/storage/processes.ts';

describe('processes', () => {
  test('are alive until they end', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    expect(isProcessAlive(child.pid ?? 0)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isProcessAlive(child.pid ?? 0)).toBe(false);
  });

  test('of others are alive as well', () => {
    // On Unix it is always there, and as a rule somebody else's.
    expect(isProcessAlive(1)).toBe(process.platform !== 'win32');
    expect(isProcessAlive(process.pid)).toBe(true);
  });

  test.each([0, -1, -process.pid, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (pid) => {
    expect(isProcessAlive(pid)).toBe(false);
  });

  test('know themselves, in every thread', async () => {
    const self = await identifyProcess();
    expect(await identifyProcess()).toEqual(self);
    expect(self).toMatchObject({ host: expect.stringContaining(hostname()), pid: process.pid });
    expect(Math.abs(Date.now() - process.uptime() * 1000 - self.startedAt)).toBeLessThan(60_000);
    const worker = new Worker('require("worker_threads").parentPort.postMessage(performance.timeOrigin)', {
      eval: true,
    });
    const [origin] = await once(worker, 'message');
    expect(Math.round(origin)).toBe(self.startedAt);
  });
});

describe('error codes', () => {
  test('are read from errors, and from nothing else', async () => {
    const missing = await readFile('/nowhere/at/all').catch((error: unknown) => error);
    expect(codeOf(missing)).toBe('ENOENT');
    expect(hasCode(missing, 'EEXIST', 'ENOENT')).toBe(true);
    expect(hasCode(missing, 'EEXIST')).toBe(false);
    for (const other of [
      undefined,
      null,
      'ENOENT',
      { code: 'ENOENT' },
      new Error('x'),
      new DOMException('x', 'AbortError'),
    ]) {
      expect([codeOf(other), hasCode(other, 'ENOENT'), hasCode(other)]).toEqual([undefined, false, false]);
    }
  });

  test('of the system are told from those of programs', async () => {
    expect(isSystemError(await readFile('/nowhere/at/all').catch((error: unknown) => error))).toBe(true);
    expect(isSystemError(Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBe(false);
    expect(isSystemError('ENOENT')).toBe(false);
  });
});
