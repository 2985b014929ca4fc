/** How assistants are connected to this server: the words of README and demo, made in one place so that they agree. */

export interface Connection {
  /** The assistant. */
  client: string;
  /** Where the text goes: a terminal, or a file. */
  where: string;
  language: 'sh' | 'json' | 'toml';
  text: string;
}

/** An address that, opened, makes an assistant offer to add the server. */
export interface InstallLink {
  client: string;
  url: string;
}

export interface Command {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** The published package, for the person's own library. Their OAuth client comes from Google Cloud (README). */
export const OWN_LIBRARY: Command = {
  command: 'npx',
  args: ['-y', 'google-photos-mcp', '--allow-dir', '~/Pictures'],
  env: { GOOGLE_PHOTOS_CLIENT_ID: 'YOUR_CLIENT_ID', GOOGLE_PHOTOS_CLIENT_SECRET: 'YOUR_CLIENT_SECRET' },
};

/** The same, signed in to the built-in emulator. */
export const DEMO: Command = { command: 'npx', args: ['-y', 'google-photos-mcp', '--demo'] };

const NAME = 'google-photos';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const quote = (word: string): string => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const commandLine = ({ command, args }: Command): string => [command, ...args].map(quote).join(' ');

const entryOf = ({ command, args, env }: Command) => ({ command, args, ...(env && { env }) });

const standard = (command: Command): string => json({ mcpServers: { [NAME]: entryOf(command) } });

/** One entry per assistant, for a command. */
export function connections(command: Command): Connection[] {
  return [
    { client: 'Claude Code', where: 'in a terminal', language: 'sh', text: claudeCode(command) },
    {
      client: 'Claude Desktop',
      where: 'claude_desktop_config.json (Settings → Developer → Edit Config)',
      language: 'json',
      text: standard(command),
    },
    { client: 'VS Code', where: '.vscode/mcp.json', language: 'json', text: vsCode(command) },
    { client: 'Cursor', where: '.cursor/mcp.json', language: 'json', text: standard(command) },
    { client: 'Codex', where: '~/.codex/config.toml', language: 'toml', text: codex(command) },
  ];
}

function claudeCode(command: Command): string {
  const flags = Object.entries(command.env ?? {}).map(([name, value]) => ` -e ${quote(`${name}=${value}`)}`);
  return `claude mcp add ${NAME}${flags.join('')} -- ${commandLine(command)}`;
}

interface Prompted {
  entry: ReturnType<typeof entryOf>;
  inputs: { type: 'promptString'; id: string; description: string; password: boolean }[];
}

/** VS Code asks for values and keeps them, so that no secret stands in the file. */
function withPrompts({ env, ...command }: Command): Prompted {
  const values = Object.keys(env ?? {}).map((name) => {
    const words = name.replace('GOOGLE_PHOTOS_', '').toLowerCase().split('_');
    return { name, id: words.join('-'), description: `Google OAuth ${words.join(' ')}`, password: /SECRET/.test(name) };
  });
  const asked = Object.fromEntries(values.map(({ name, id }) => [name, `\${input:${id}}`]));
  return {
    entry: entryOf({ ...command, ...(env && { env: asked }) }),
    inputs: values.map(({ id, description, password }) => ({ type: 'promptString', id, description, password })),
  };
}

function vsCode(command: Command): string {
  const { entry, inputs } = withPrompts(command);
  return json({ ...(inputs.length > 0 && { inputs }), servers: { [NAME]: { type: 'stdio', ...entry } } });
}

/** A JSON string is a TOML string too, as long as nothing but ASCII is in it. */
function codex({ command, args, env }: Command): string {
  const values = Object.entries(env ?? {}).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    `[mcp_servers.${NAME}]`,
    `command = ${JSON.stringify(command)}`,
    `args = [${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    ...(values.length > 0 ? [`env = { ${values.join(', ')} }`] : []),
  ].join('\n');
}

const query = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

export function installLinks(command: Command): InstallLink[] {
  const { entry, inputs } = withPrompts(command);
  const plain = { name: NAME, config: base64(entryOf(command)) };
  const asking = {
    name: NAME,
    config: JSON.stringify(entry),
    ...(inputs.length > 0 && { inputs: JSON.stringify(inputs) }),
  };
  return [
    { client: 'VS Code', url: `https://insiders.vscode.dev/redirect/mcp/install?${query(asking)}` },
    {
      client: 'VS Code Insiders',
      url: `https://insiders.vscode.dev/redirect/mcp/install?${query({ ...asking, quality: 'insiders' })}`,
    },
    { client: 'Cursor', url: `https://cursor.com/en/install-mcp?${query(plain)}` },
    { client: 'LM Studio', url: `https://lmstudio.ai/install-mcp?${query(plain)}` },
  ];
}
