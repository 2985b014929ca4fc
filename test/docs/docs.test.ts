/** Every command, configuration and link in README and its company, followed word for word. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DEMO, installLinks, OWN_LIBRARY } from '../../src/cli/client-configs.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { withClient } from '../install/harness.ts';
import { ADD_A_TOOL, consent, fenced, type Home, MAIN, makeHome, ROOT, type Started, sectionOf } from './harness.ts';

const FILES = ['README.md', 'CONTRIBUTING.md', 'PRIVACY.md', 'SECURITY.md', 'CHANGELOG.md'];
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');
const commandsOf = (text: string): string[] => fenced(text, 'sh').flatMap((block) => block.split('\n'));
const ELSEWHERE = commandsOf(sectionOf(read('CONTRIBUTING.md'), ADD_A_TOOL));
const COMMANDS = [...new Set(FILES.flatMap((file) => commandsOf(read(file))))].filter(
  (line) => !ELSEWHERE.includes(line),
);

let emulator: Emulator;
let home: Home;
beforeAll(async () => {
  emulator = await startEmulator({ library: 'empty', accessToken: 'T' });
  home = await makeHome();
  await mkdir(join(home.path, 'Pictures/Scans'), { recursive: true });
  await cp(join(ROOT, 'test/fixtures/media/exif.jpg'), join(home.path, 'Pictures/Scans/scan.jpg'));
});
afterAll(async () => {
  await emulator.close();
  await home.remove();
});

const emulated = () => ({ GOOGLE_PHOTOS_ORIGIN: emulator.origin, GOOGLE_PHOTOS_TOKEN_STORE: 'file' });
const withToken = () => ({ ...emulated(), GOOGLE_PHOTOS_ACCESS_TOKEN: 'T' });

function started(line: string, env?: Record<string, string>): Started {
  const process = home.start(line, env);
  onTestFinished(() => process.stop());
  return process;
}

async function listsTools(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  await withClient({ command, args, cwd: home.path, env: { ...home.env, ...env } }, async (client) => {
    expect((await client.listTools()).tools.length).toBeGreaterThan(10);
  });
}

/** `claude mcp add NAME -e K=V … -- COMMAND ARGS…` */
async function claudeStarts(line: string): Promise<void> {
  await home.run(line);
  const recorded = await home.claude();
  expect(recorded.slice(0, 3)).toEqual(['mcp', 'add', 'google-photos']);
  const end = recorded.indexOf('--');
  const flags = recorded.slice(3, end);
  const values = flags.filter((_, index) => index % 2 === 1).map((flag) => flag.split('='));
  expect(flags.filter((_, index) => index % 2 === 0).every((flag) => flag === '-e')).toBe(true);
  const [command = '', ...args] = recorded.slice(end + 1);
  await listsTools(command, args, Object.fromEntries(values));
}

/** The line that starts the server, then the line that connects to it, on a port that is free. */
async function claudeConnects(startLine: string, line: string): Promise<void> {
  const server = started(startLine.replace('3917', '0'), withToken());
  const [, port = ''] = await server.says(/127\.0\.0\.1:(\d+)\/mcp/);
  const token = line.includes('TOKEN') ? (await server.says(/Bearer (\S+)/))[1] : 'TOKEN';
  await home.run(line.replace('3917', port).replace('TOKEN', token ?? ''));
  const [verb, add, transport, http, name, url = '', header, value = ''] = await home.claude();
  expect([verb, add, transport, http, name]).toEqual(['mcp', 'add', '--transport', 'http', 'google-photos']);
  const headers = header === '--header' ? Object.fromEntries([value.split(': ')]) : {};
  const client = new Client({ name: 'test', version: '0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  expect((await client.listTools()).tools.length).toBeGreaterThan(10);
  await client.close();
}

const SERVE = 'npx -y google-photos-mcp --http 3917';
const SERVE_DEMO = 'npx -y google-photos-mcp --demo --http 3917';
const CLIENT = COMMANDS.find((line) => line.startsWith('export ')) ?? 'false';
const clientEnv = { GOOGLE_PHOTOS_CLIENT_ID: 'YOUR_CLIENT_ID', GOOGLE_PHOTOS_CLIENT_SECRET: 'YOUR_CLIENT_SECRET' };

async function signIn(): Promise<void> {
  const login = started(`${CLIENT} && npx -y google-photos-mcp auth login`, emulated());
  await consent((await login.says(/http:\S+/))[0]);
  expect((await login.ended).status).toBe(0);
}

/** Runs in CI itself, before and with the tests. */
const inCi =
  (...steps: string[]) =>
  async () => {
    for (const step of steps) expect(read('.ci/run')).toContain(step);
  };

/** How each command is followed. One that is not here fails. */
const FOLLOWED: Record<string, (line: string) => Promise<void>> = {
  'npm install': inCi('npm install'),
  'npm install && npm test': inCi('npm install', 'npm test'),
  'npm run demo': async () => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(scripts.demo).toContain('node dist/demo.js');
    const output = await home.run(`cd ${ROOT} && ${process.execPath} dist/demo.js`);
    expect(output).toContain('Connect an assistant');
  },
  [SERVE]: async (line) => {
    await started(line.replace('3917', '0'), withToken()).says(/Bearer \S+/);
  },
  [SERVE_DEMO]: async (line) => {
    await started(line.replace('3917', '0')).says(/listening on/);
  },
  'docker build -t google-photos-mcp .': async (line) => {
    await home.run(line);
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files?.split(' '),
    );
    for (const file of copied) expect(existsSync(join(ROOT, file ?? '')), file).toBe(true);
    expect(read('Dockerfile')).toContain('ENTRYPOINT ["node", "/app/dist/main.js"]');
  },
  'docker run -i --rm google-photos-mcp --demo': (line) => listsTools('/bin/sh', ['-c', line]),
  [CLIENT]: async (line) => {
    const output = await home.run(`${line} && env`);
    for (const [name, value] of Object.entries(clientEnv)) expect(output).toContain(`${name}=${value}`);
  },
  'npx -y google-photos-mcp auth login': signIn,
  'npx -y google-photos-mcp auth status': async (line) => {
    await signIn();
    expect(await home.run(line, { ...emulated(), ...clientEnv })).toMatch(/signed in/i);
  },
  'npx -y google-photos-mcp doctor': async (line) => {
    await signIn();
    expect(await home.run(line, { ...emulated(), ...clientEnv })).toContain('No problems found.');
  },
  'npx -y google-photos-mcp auth logout': async (line) => {
    await signIn();
    expect(await home.run(line, { ...emulated(), ...clientEnv })).toMatch(/signed out/i);
  },
  'npx -y google-photos-mcp upload ~/Pictures/Scans --album Scans': async (line) => {
    expect(await home.run(line, withToken())).toContain('scan.jpg');
  },
  'npx -y google-photos-mcp download Scans ~/Pictures/Downloads': async (line) => {
    await home.run('npx -y google-photos-mcp upload ~/Pictures/Scans --album Scans', withToken());
    await home.run(line, withToken());
    expect(await readdir(join(home.path, 'Pictures/Downloads'))).toEqual(['scan.jpg']);
  },
  'npx -y google-photos-mcp emulator --port 8085 --library demo --access-token T': async (line) => {
    await started(line.replace('8085', '0')).says(/emulator listening on/);
  },
  'curl -H "Authorization: Bearer T" http://127.0.0.1:8085/v1/albums': async (line) => {
    const running = started('npx -y google-photos-mcp emulator --port 0 --library demo --access-token T');
    const [, port = ''] = await running.says(/127\.0\.0\.1:(\d+)/);
    const { albums } = JSON.parse(await home.run(line.replace('8085', port)));
    expect(albums.length).toBeGreaterThan(3);
  },
};

const followed = (line: string) => {
  if (line.startsWith('claude mcp add --transport http')) {
    return () => claudeConnects(line.includes('TOKEN') ? SERVE : SERVE_DEMO, line);
  }
  return line.startsWith('claude mcp add ') ? () => claudeStarts(line) : FOLLOWED[line];
};

describe('commands', { timeout: 60_000 }, () => {
  test('each is known here', () => {
    expect(COMMANDS.filter((line) => followed(line) === undefined)).toEqual([]);
    expect(Object.keys(FOLLOWED).filter((line) => !COMMANDS.includes(line))).toEqual([]);
  });

  test.each(COMMANDS)('%s', async (line) => {
    await followed(line)?.(line);
  });
});

interface Entry {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

const CONFIGURATIONS: Entry[] = fenced(README, 'json').map((text) => {
  const { mcpServers, servers } = JSON.parse(text);
  return (mcpServers ?? servers)['google-photos'];
});

test.each(CONFIGURATIONS.map((entry) => [JSON.stringify(entry), entry] as const))(
  'configuration %s',
  async (_, entry) => {
    await listsTools(entry.command, entry.args, entry.env);
  },
);

test.each(fenced(README, 'toml'))('configuration %s', async (text) => {
  const value = (name: string) => new RegExp(`^${name} = (.+)$`, 'm').exec(text)?.[1] ?? '';
  expect(text).toMatch(/^\[mcp_servers\.google-photos\]$/m);
  await listsTools(JSON.parse(value('command')), JSON.parse(value('args')));
});

test.each([DEMO, OWN_LIBRARY])('links offer the same as the configurations', ({ command, args, env }) => {
  for (const { client, url } of installLinks({ command, args, env })) {
    expect(README).toContain(`[Install in ${client}](${url})`);
    const { searchParams } = new URL(url);
    expect(searchParams.get('name')).toBe('google-photos');
    const text = searchParams.get('config') ?? '';
    const config = JSON.parse(text.startsWith('{') ? text : Buffer.from(text, 'base64').toString());
    expect(config).toMatchObject({ command, args });
    const inputs: { id: string }[] = JSON.parse(searchParams.get('inputs') ?? '[]');
    const asked = Object.values<string>(config.env ?? {}).flatMap(
      (value) => /^\$\{input:(.+)\}$/.exec(value)?.[1] ?? [],
    );
    expect(asked).toEqual(inputs.map(({ id }) => id));
    if (inputs.length === 0) expect(config.env).toEqual(env);
  }
});

test('all options and variables are in README', async () => {
  const help = await home.run(`${process.execPath} ${MAIN} --help`);
  const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option ?? '');
  expect(options.length).toBeGreaterThan(8);
  const told = options.filter((option) => !['--help', '--version'].includes(option));
  expect(told.filter((option) => !README.includes(`\`${option}`))).toEqual([]);
  const variables = [...read('src/cli/config.ts').matchAll(/'(GOOGLE_PHOTOS_\w+)'/g)].map(([, name]) => name ?? '');
  expect(variables.filter((name) => !README.includes(`\`${name}\``))).toEqual([]);
});

test.each([...FILES, 'docs/design.md', 'docs/google-photos-api.md', 'docs/takeout.md'])(
  '%s: scripts and files it names exist',
  (file) => {
    const text = read(file);
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts, script).toHaveProperty(script);
    const benchmarks = readdirSync(join(ROOT, 'bench')).map((name) => name.replace(/\.ts$/, ''));
    for (const [, name] of text.matchAll(/npm run bench -- (\w+)/g)) expect(benchmarks).toContain(name);
    for (const [, path = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      expect(existsSync(join(ROOT, dirname(file), path)), path).toBe(true);
    for (const [, path = ''] of text.matchAll(/`((?:src|test|tools)\/[\w./-]+)`/g))
      expect(existsSync(join(ROOT, path)), path).toBe(true);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replace(/[^\w -]/g, ''),
    );
    for (const [, anchor = ''] of text.matchAll(/\]\(#([^)]+)\)/g)) {
      expect(headings.map((title) => title.replaceAll(' ', '-'))).toContain(anchor);
    }
  },
);
