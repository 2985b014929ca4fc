/**
 * `npm run bench -- pages [items] [rounds]`: a library read to its end, page by page of 100, as resources through a real
 * client over stdio, beside a plain loop of as many requests, each in a process of its own and by turns; then the overview
 * of all that was loaded.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const TOKEN = 'bench';
const PAGE_SIZE = 100;
/** Pages at either end whose times are compared. */
const EDGE = 100;

interface Reading {
  /** Milliseconds of each page, in order. */
  pages: number[];
  items: number;
  /** Resident memory in MiB after the first page, and the most there was; undefined where the system does not say. */
  before?: number;
  peak?: number;
  /** Milliseconds of processor time, start included; of ours the client's too. A busy machine changes it least. */
  cpu?: number;
  /** Milliseconds of an overview of everything, the first and the second. */
  overviews?: number[];
}

export async function run([items = '100000', rounds = '3']: readonly string[]): Promise<void> {
  const emulator = await startEmulator(items);
  const subjects = { plain: () => readPlainly(emulator.origin), ours: () => readThroughServer(emulator.origin) };
  const read: Record<keyof typeof subjects, Reading[]> = { plain: [], ours: [] };
  try {
    for (let round = 0; round < Number(rounds); round++) {
      // By turns first, so that neither profits from a warm emulator.
      for (const name of round % 2 === 0 ? (['plain', 'ours'] as const) : (['ours', 'plain'] as const)) {
        // The day's quota is for one reading of a large library, not for all of them.
        await fetch(`${emulator.origin}/_emulator/reset`, { method: 'POST' });
        const reading = await subjects[name]();
        if (reading.items !== Number(items)) throw new Error(`${name} read ${reading.items} items of ${items}`);
        read[name].push(reading);
      }
    }
  } finally {
    emulator.process.kill();
  }
  report(read.plain, read.ours);
}

function report(plain: Reading[], ours: Reading[]): void {
  const ratios = ours.map((reading, round) => sum(reading.pages) / sum(plain[round]?.pages ?? []));
  const overviews = [0, 1].map((index) => median(ours.map((reading) => reading.overviews?.[index] ?? Number.NaN)));
  const heads = ['all, s', 'quick, ms', 'first, ms', 'last, ms', 'MiB at first', 'MiB at most', 'CPU, s'];
  const lines = [
    `${ours[0]?.items} items in pages of ${PAGE_SIZE}, ${ours.length} rounds by turns, medians; Node ${process.version}`,
    row('', heads),
    row('plain loop', cells(plain)),
    row('google-photos-mcp', cells(ours)),
    `ratio ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}), of the quick pages ${(median(ours.map(({ pages }) => quick(pages))) / median(plain.map(({ pages }) => quick(pages)))).toFixed(2)}`,
    `overview of all: first ${overviews[0]?.toFixed(0)} ms, second ${overviews[1]?.toFixed(0)} ms`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const row = (name: string, values: readonly string[]): string =>
  `${name.padEnd(18)}${values.map((value) => value.padStart(14)).join('')}`;

function cells(readings: readonly Reading[]): string[] {
  const middle = (of: (reading: Reading) => number | undefined) =>
    median(readings.map((reading) => of(reading) ?? Number.NaN));
  return [
    (middle(({ pages }) => sum(pages)) / 1000).toFixed(2),
    middle(({ pages }) => quick(pages)).toFixed(2),
    middle(({ pages }) => median(pages.slice(0, EDGE))).toFixed(2),
    middle(({ pages }) => median(pages.slice(-EDGE))).toFixed(2),
    middle(({ before }) => before).toFixed(1),
    middle(({ peak }) => peak).toFixed(1),
    (middle(({ cpu }) => cpu) / 1000).toFixed(2),
  ];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** A tenth of the pages takes no longer: what other programs on the machine have not disturbed. */
const quick = (pages: readonly number[]): number =>
  [...pages].sort((a, b) => a - b)[Math.floor(pages.length / 10)] ?? Number.NaN;

async function readPlainly(origin: string): Promise<Reading> {
  const script = resolve('bench/servers/plain-pages.mjs');
  const child = spawn(process.execPath, [script, origin, TOKEN], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  await once(child, 'close');
  return JSON.parse(output) as Reading;
}

async function readThroughServer(origin: string): Promise<Reading> {
  const stateDir = await mkdtemp(join(tmpdir(), 'google-photos-bench-'));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [resolve('dist/main.js'), '--google-origin', origin, '--state-dir', stateDir],
    env: { GOOGLE_PHOTOS_ACCESS_TOKEN: TOKEN },
  });
  const client = new Client({ name: 'bench', version: '0' });
  try {
    await client.connect(transport);
    return await readAll(client, transport.pid ?? 0);
  } finally {
    await client.close();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function readAll(client: Client, server: number): Promise<Reading> {
  const pages: number[] = [];
  let items = 0;
  let before: number | undefined;
  const own = process.cpuUsage();
  let started = performance.now();
  const listed = await client.callTool({ name: 'media_items_list', arguments: { pageSize: PAGE_SIZE } });
  const first = textOf(listed.content);
  const result = /result (\w+) page/.exec(first)?.[1] ?? '';
  for (let uri: string | undefined = `gphotos://results/${result}/pages/1`; uri !== undefined; ) {
    const { contents } = await client.readResource({ uri });
    const page = JSON.parse(textOf(contents)) as { items: unknown[]; nextResource?: string };
    items += page.items.length;
    uri = page.nextResource;
    pages.push(performance.now() - started);
    started = performance.now();
    before ??= residentMib(server, 'VmRSS');
  }
  const peak = residentMib(server, 'VmHWM');
  const cpu = cpuOf(server) + (process.cpuUsage(own).user + process.cpuUsage(own).system) / 1000;
  const overviews = [await timeOverview(client, result), await timeOverview(client, result)];
  return { pages, items, before, peak, cpu, overviews };
}

async function timeOverview(client: Client, result: string): Promise<number> {
  const started = performance.now();
  const reply = await client.callTool({ name: 'results_overview', arguments: { result } });
  if (reply.isError) throw new Error(textOf(reply.content));
  return performance.now() - started;
}

const textOf = (blocks: readonly object[]): string =>
  blocks.flatMap((block) => ('text' in block && typeof block.text === 'string' ? [block.text] : [])).join('\n');

function residentMib(pid: number, field: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const kib = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

/** Milliseconds of processor time of a process so far; the kernel counts in hundredths of a second. */
function cpuOf(pid: number): number {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).map(Number);
    return ((user ?? 0) + (system ?? 0)) * 10;
  } catch {
    return Number.NaN;
  }
}

/** In a process of its own, as Google is. */
async function startEmulator(library: string): Promise<{ process: ChildProcess; origin: string }> {
  const args = ['dist/main.js', 'emulator', '--library', library, '--access-token', TOKEN, '--port', '0'];
  const emulator = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const data of emulator.stdout) {
    const origin = /http:\/\/\S+/.exec(String(data))?.[0];
    if (origin) return { process: emulator, origin };
  }
  throw new Error('the emulator did not start; run npm run build first');
}
