/** How assistants are connected to this server: the words of README and demo, made in one place so that they agree. */

export interface Connection {
  /** The assistant. */
  client: string;
  /** Where the text goes: a terminal, or a file. */
  where: string;
  text: string;
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

/** One entry per assistant, for a command. */
export function connections(command: Command): Connection[] {
  const { command: program, args, env } = command;
  const entry = { command: program, args, ...(env && { env }) };
  const flags = Object.entries(env ?? {}).map(([name, value]) => ` -e ${name}=${value}`);
  return [
    {
      client: 'Claude Code',
      where: 'in a terminal',
      text: `claude mcp add ${NAME}${flags.join('')} -- ${commandLine(command)}`,
    },
    {
      client: 'Claude Desktop',
      where: 'claude_desktop_config.json (Settings → Developer → Edit Config)',
      text: json({ mcpServers: { [NAME]: entry } }),
    },
    { client: 'VS Code', where: '.vscode/mcp.json', text: json({ servers: { [NAME]: { type: 'stdio', ...entry } } }) },
    { client: 'Cursor', where: '.cursor/mcp.json', text: json({ mcpServers: { [NAME]: entry } }) },
  ];
}
