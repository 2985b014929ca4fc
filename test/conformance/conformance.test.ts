/** The official conformance suite, against the command as it is shipped and against the same app with the suite's fixtures. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from '../../src/app/server.ts';
import { startServices } from '../../src/app/services.ts';
import { surfaceFor } from '../../src/app/surface.ts';
import { toConfig } from '../../src/cli/config.ts';
import { type HttpServer, serveHttp } from '../../src/mcp/http.ts';
import { registerContents } from './fixtures/contents.ts';
import { registerQuestions } from './fixtures/questions.ts';
import { registerThings } from './fixtures/things.ts';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const MAIN = file('../../dist/main.js');
const SUITE = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json')),
  'dist/index.js',
);

interface Verdict {
  status: number;
  output: string;
}

/** Runs the suite against a server; it ends with 0 when everything required passes. */
function runSuite(url: string, ...options: string[]): Promise<Verdict> {
  const args = ['--import', file('./node20.mjs'), SUITE, 'server', '--url', url, ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: tmpdir(), maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

describe('the command as it is shipped', () => {
  let child: ChildProcess;
  let url: string;
  beforeAll(async () => {
    child = spawn(process.execPath, [MAIN, '--demo', '--http', '0'], { stdio: ['ignore', 'inherit', 'pipe'] });
    const [line] = await once(child.stderr ?? process.stdin, 'data');
    url = /listening on (\S+)/.exec(String(line))?.[1] ?? '';
  });
  afterAll(async () => {
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  test.concurrent.each([
    ['2025-11-25', 'server-initialize'],
    ['2025-11-25', 'ping'],
    ['2025-11-25', 'tools-list'],
    ['2025-11-25', 'resources-list'],
    ['2025-11-25', 'prompts-list'],
    ['2025-11-25', 'dns-rebinding-protection'],
    ['2026-07-28', 'tools-list'],
    ['2026-07-28', 'resources-list'],
    ['2026-07-28', 'prompts-list'],
    ['2026-07-28', 'caching'],
    ['2026-07-28', 'sep-2164-resource-not-found'],
    ['2026-07-28', 'server-sse-multiple-streams'],
    ['2026-07-28', 'dns-rebinding-protection'],
    ['2026-07-28', 'http-header-validation'],
  ])('%s %s', { timeout: 60_000 }, async (version, scenario) => {
    const { status, output } = await runSuite(url, '--scenario', scenario, '--spec-version', version);
    expect(output).toMatch(/Passed: [1-9]/);
    expect(status, output).toBe(0);
  });
});

describe('the same app with the fixtures that only the suite needs', () => {
  let server: HttpServer;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'conformance-'));
    const config = toConfig({ demo: true, stateDir }, {});
    const { services, close } = await startServices(config);
    const surface = surfaceFor(config);
    server = await serveHttp(
      () => {
        const mcp = buildServer(surface, async () => services, { version: '0.0.0', onUnexpected: () => {} });
        mcp.server.registerCapabilities({ logging: {}, resources: { subscribe: true } });
        for (const register of [registerContents, registerQuestions, registerThings]) register(mcp);
        return mcp;
      },
      { port: 0 },
    );
    stop = async () => {
      await server.close();
      await close();
      await rm(stateDir, { recursive: true, force: true });
    };
  });
  afterAll(() => stop());

  test.concurrent('everything that 2026-07-28 requires', { timeout: 120_000 }, async () => {
    const { status, output } = await runSuite(server.url, '--requirements', '2026-07-28');
    expect(status, output).toBe(0);
  });

  test.concurrent('everything that 2025-11-25 requires, but for what needs sessions', {
    timeout: 120_000,
  }, async () => {
    const expected = ['--expected-failures', file('./expected-failures.yml')];
    const { status, output } = await runSuite(server.url, '--requirements', '2025-11-25', ...expected);
    expect(status, output).toBe(0);
  });
});
