/**
 * `npm run bench -- start [rounds]`: from spawning the built command to its list of tools, beside `node -e 0` (to its end) and a
 * one-tool server bundled the same way. Rounds are interleaved, so that a busy machine slows all of them alike.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Measure {
  ms: number;
  /** Resident memory in MiB when the tools were listed; undefined where the system does not say. */
  mib?: number;
}

const MESSAGES = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '0' } },
  },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/list' },
]
  .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  .join('');

async function toListedTools(script: string): Promise<Measure> {
  const started = performance.now();
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(MESSAGES);
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (/"id":2[,}]/.test(output)) break;
  }
  const measure = { ms: performance.now() - started, mib: residentMib(child.pid) };
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (!output.includes('"tools"')) throw new Error(`${script} listed no tools`);
  return measure;
}

async function nothing(): Promise<Measure> {
  const started = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return { ms: performance.now() - started };
}

function residentMib(pid: number | undefined): number | undefined {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

async function bundleOneTool(folder: string): Promise<string> {
  const outfile = join(folder, 'one-tool.mjs');
  // Not bundled itself: it finds its binary by where it lies.
  const { build } = createRequire(resolve('package.json'))('esbuild');
  await build({
    entryPoints: ['bench/servers/one-tool.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
  });
  return outfile;
}

export async function run([rounds = '15']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-start-'));
  try {
    const oneTool = await bundleOneTool(folder);
    const subjects: Record<string, () => Promise<Measure>> = {
      'node -e 0': nothing,
      'one-tool server': () => toListedTools(oneTool),
      'google-photos-mcp': () => toListedTools('dist/main.js'),
    };
    const measured = await measure(subjects, Number(rounds));
    report(measured, 'one-tool server');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(subjects: Record<string, () => Promise<Measure>>, rounds: number) {
  const measured = new Map(Object.keys(subjects).map((name): [string, Measure[]] => [name, []]));
  // The first round warms the caches of the file system, and of newer Nodes for compiled code.
  for (let round = -1; round < rounds; round++) {
    for (const [name, once] of Object.entries(subjects)) {
      const found = await once();
      if (round >= 0) measured.get(name)?.push(found);
    }
  }
  return measured;
}

function report(measured: Map<string, Measure[]>, reference: string): void {
  const compared = measured.get(reference) ?? [];
  const lines = [...measured].map(([name, all]) => {
    const ratios = all.map(({ ms }, round) => ms / (compared[round]?.ms ?? Number.NaN));
    const memory = all.flatMap(({ mib }) => mib ?? []);
    const mib = memory.length > 0 ? `${median(memory).toFixed(1)} MiB` : '';
    const best = Math.min(...all.map(({ ms }) => ms));
    const cells = [median(all.map(({ ms }) => ms)).toFixed(0), best.toFixed(0), median(ratios).toFixed(2), mib];
    return `${name.padEnd(20)}${cells.map((cell) => cell.padStart(12)).join('')}`;
  });
  const head = ['median ms', 'best ms', '× one-tool', 'resident'].map((cell) => cell.padStart(12)).join('');
  process.stdout.write(`Node ${process.version}\n${' '.repeat(20)}${head}\n${lines.join('\n')}\n`);
}
