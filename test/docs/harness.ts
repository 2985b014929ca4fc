/** What README tells people to type, run in a home of its own where the tools they have are stood in for. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = join(ROOT, 'dist/main.js');

/** Runs what `npx -y google-photos-mcp` and the container run; anything else is refused. */
const NPX = `
const [yes, name, ...args] = process.argv.slice(2);
if (yes !== '-y' || name !== 'google-photos-mcp') process.exit(97);
run(args);`;
const DOCKER = `
const [verb, ...args] = process.argv.slice(2);
if (verb === 'build') process.exit(args.at(-1) === '.' ? 0 : 97);
const image = args.indexOf('google-photos-mcp');
if (verb !== 'run' || image < 0 || !args.includes('-i')) process.exit(97);
run(args.slice(image + 1));`;
const CLAUDE = `require('node:fs').writeFileSync(process.env.HOME + '/claude.json', JSON.stringify(process.argv.slice(2)));`;
const CURL = `
const { argv } = process;
const [name, value] = argv[argv.indexOf('-H') + 1].split(': ');
fetch(argv.at(-1), { headers: { [name]: value } }).then(async (reply) => console.log(await reply.text()));`;

const script = (body: string): string => `#!${process.execPath}
const run = (args) => require('node:child_process')
  .spawn(process.execPath, [${JSON.stringify(MAIN)}, ...args], { stdio: 'inherit' })
  .on('exit', (status, signal) => process.exit(status ?? 1));
${body}`;

export interface Home {
  path: string;
  /** As `PATH` and `HOME` are there. */
  env: Record<string, string>;
  /** Starts a line in a shell. */
  start(line: string, env?: Record<string, string>): Started;
  /** Runs a line to its end; throws when it fails. Answers what it wrote. */
  run(line: string, env?: Record<string, string>): Promise<string>;
  /** What `claude` was called with last. */
  claude(): Promise<string[]>;
  remove(): Promise<void>;
}

export interface Started {
  child: ChildProcess;
  /** Waits until it has written something that fits, on either stream. */
  says(wanted: RegExp): Promise<RegExpExecArray>;
  ended: Promise<{ status: number | null; output: string }>;
  stop(): Promise<void>;
}

export async function makeHome(): Promise<Home> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'home-')));
  const bin = join(path, 'bin');
  await mkdir(bin);
  for (const [name, body] of Object.entries({ npx: NPX, docker: DOCKER, claude: CLAUDE, curl: CURL })) {
    await writeFile(join(bin, name), script(body));
    await chmod(join(bin, name), 0o755);
  }
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: path, XDG_DATA_HOME: join(path, 'data'), BROWSER: 'none' };
  const start = (line: string, more: Record<string, string> = {}) => startIn(path, line, { ...env, ...more });
  return {
    path,
    env,
    start,
    async run(line, more) {
      const { status, output } = await start(line, more).ended;
      if (status !== 0) throw new Error(`${line}: status ${status}\n${output}`);
      return output;
    },
    claude: async () => JSON.parse(await readFile(join(path, 'claude.json'), 'utf8')),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

function startIn(cwd: string, line: string, env: Record<string, string>): Started {
  // A group of its own: what the shell starts can be stopped with it.
  const child = spawn('/bin/sh', ['-c', line], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close').then(([status]) => ({ status: status as number | null, output }));
  return {
    child,
    ended,
    async says(wanted) {
      for (;;) {
        const found = wanted.exec(output);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`${line} ended: ${output}`);
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended]);
      }
    },
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

/** Followed in a copy of the tree (contributing.test.ts). */
export const ADD_A_TOOL = 'Add a tool in five minutes';

/** What stands under a heading of the second level. */
export const sectionOf = (markdown: string, heading: string): string =>
  (markdown.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ')[0] ?? '';

/** Fenced blocks of a language, without indentation. */
export function fenced(markdown: string, language: string): string[] {
  const blocks = markdown.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm);
  return [...blocks]
    .filter(([, , found]) => found === language)
    .map(([, indent = '', , text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd());
}

/** Agrees on the consent page that a sign-in link leads to, every box ticked, as a person would. */
export async function consent(link: string): Promise<void> {
  const page = await fetch(link);
  const form = new URLSearchParams({ decision: 'allow' });
  for (const [, scope = ''] of (await page.text()).matchAll(/name="scope" value="([^"]+)"/g))
    form.append('scope', scope);
  const reply = await fetch(page.url, { method: 'POST', body: form });
  if (!reply.ok) throw new Error(`consent: ${reply.status}`);
}
