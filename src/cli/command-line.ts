/** The command line → what the person asked for. */
import { Command, CommanderError, Option } from 'commander';
import { type Config, TOKEN_STORES } from '../context/config.ts';
import { TOOLSETS } from '../context/toolsets.ts';
import { type Environment, EnvironmentError, type ServerOptions, toConfig } from './config.ts';
import {
  absolutePath,
  accountName,
  concurrency,
  folder,
  folderOfPattern,
  InvalidValueError,
  library,
  loopbackOrigin,
  port,
  toolsets,
  wholeNumber,
} from './option-values.ts';

export interface EmulatorArguments {
  readonly port: number;
  readonly library: 'demo' | 'empty' | number | { file: string };
  readonly accessToken?: string;
  readonly latencyMs: number;
  readonly legacySharing: boolean;
  readonly stateFile?: string;
}

export interface UploadArguments {
  readonly paths: readonly string[];
  readonly album?: string;
  readonly albumPerFolder: boolean;
  readonly recursive: boolean;
  readonly dryRun: boolean;
  readonly concurrency: number;
}

export type Invocation =
  | { command: 'serve'; config: Config; httpPort?: number }
  | { command: 'emulator'; emulator: EmulatorArguments }
  | { command: 'auth'; action: 'login' | 'status' | 'logout'; config: Config; browser: boolean }
  | { command: 'doctor'; config: Config }
  | { command: 'upload'; config: Config; upload: UploadArguments }
  | { command: 'download'; config: Config; album: string; dir: string }
  /** Help or version, or a refusal; the text is ready to be written. */
  | { command: 'exit'; status: 0 | 2; output: string };

export const DEFAULT_HTTP_PORT = 3917;

/** `true` where a flag stands without its optional value. */
type RootOptions = Omit<ServerOptions, 'allowDir'> & { http?: number | true; allowDir?: string[] | true };

type Decide = (invocation: Invocation) => void;
type ToConfig = (options: ServerOptions) => Config;

/** Reads a command line (without node and script). Never throws: a refusal is an invocation too, with exit status 2. */
export function parseCommandLine(argv: readonly string[], env: Environment, version: string): Invocation {
  let output = '';
  let invocation: Invocation | undefined;
  const program = buildProgram(
    version,
    (options) => toConfig(options, env),
    (decided) => {
      invocation = decided;
    },
  );
  const write = (text: string) => {
    output += text;
  };
  for (const command of withDescendants(program)) {
    command.exitOverride().configureOutput({ writeOut: write, writeErr: write }).showSuggestionAfterError();
  }
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof EnvironmentError) return { command: 'exit', status: 2, output: `error: ${error.message}\n` };
    if (!(error instanceof CommanderError)) throw error;
    return { command: 'exit', status: error.exitCode === 0 ? 0 : 2, output };
  }
  return invocation ?? { command: 'exit', status: 2, output: program.helpInformation() };
}

const withDescendants = (command: Command): Command[] => [command, ...command.commands.flatMap(withDescendants)];

function buildProgram(version: string, config: ToConfig, decide: Decide): Command {
  return serverOptions(new Command('google-photos-mcp'), '--allow-dir [dir...]')
    .description('MCP server for Google Photos. Without a command: the server on stdio.')
    .version(version)
    .enablePositionalOptions()
    .option('--demo', 'signed in to a built-in emulator with a demo library; needs nothing')
    .option('--http [port]', `Streamable HTTP on 127.0.0.1 (port ${DEFAULT_HTTP_PORT} when absent)`, port)
    .argument('[command]')
    .action((unknown: string | undefined, { http, allowDir, ...options }: RootOptions, program: Command) => {
      if (unknown !== undefined) program.error(`error: unknown command '${unknown}'`);
      const httpPort = http === true ? DEFAULT_HTTP_PORT : http;
      decide({
        command: 'serve',
        config: config({ ...options, allowDir: allowDir === true ? [] : allowDir }),
        httpPort,
      });
    })
    .addCommand(emulatorCommand(decide))
    .addCommand(authCommand(config, decide))
    .addCommand(doctorCommand(config, decide))
    .addCommand(uploadCommand(config, decide))
    .addCommand(downloadCommand(config, decide));
}

/**
 * @param allowDir the server takes several folders after one flag, or none, since that is how Claude Desktop expands a list;
 * a sub-command's own arguments would be taken for folders.
 */
function serverOptions(command: Command, allowDir = '--allow-dir <dir>'): Command {
  return command
    .option('--account <name>', 'which signed-in account (default "default")', accountName)
    .option('--google-origin <url>', "an emulator's origin instead of Google; loopback only", loopbackOrigin)
    .option(allowDir, 'a folder it may read from and write to; repeatable (default none)', collectFolders)
    .option('--state-dir <dir>', 'where results, upload ledger and account list live', folder)
    .addOption(new Option('--token-store <kind>', 'where refresh tokens live (default auto)').choices(TOKEN_STORES))
    .option('--toolsets <list>', `some of ${TOOLSETS.join(',')} (default all)`, toolsets)
    .option('--read-only', 'only tools that change nothing, neither at Google nor on disk');
}

/** A list of folders would swallow the command after it, and start the server instead. */
function collectFolders(path: string, before: string[] = []): string[] {
  if (COMMANDS.includes(path))
    throw new InvalidValueError(`Options of a command go after it: ${path} --allow-dir DIR.`);
  return [...before, folder(path)];
}

const COMMANDS = ['emulator', 'auth', 'doctor', 'upload', 'download'];

function emulatorCommand(decide: Decide): Command {
  return new Command('emulator')
    .description('the Google Photos emulator on its own, for any client')
    .option('--port <n>', 'port on 127.0.0.1; 0 for any', port, 0)
    .option('--library <demo|empty|N|FILE>', 'what it holds', library, 'demo')
    .option('--access-token <token>', 'accept this bearer with all live scopes')
    .option('--latency <ms>', 'delay of every reply', wholeNumber, 0)
    .option('--legacy-sharing', 'the API as it was before 2025-03-31', false)
    .option('--state <file>', 'load from and save to this file', absolutePath)
    .action(({ latency, state, ...options }) =>
      decide({ command: 'emulator', emulator: { ...options, latencyMs: latency, stateFile: state } }),
    );
}

function authCommand(config: ToConfig, decide: Decide): Command {
  const auth = new Command('auth').description('sign in, see the sign-in, sign out');
  const add = (action: 'login' | 'status' | 'logout', description: string) =>
    serverOptions(auth.command(action))
      .description(description)
      .action((options: ServerOptions & { browser?: boolean }) =>
        decide({ command: 'auth', action, config: config(options), browser: options.browser ?? true }),
      );
  add('login', 'sign in through the browser').option('--no-browser', 'print the link instead of opening it');
  add('status', 'who is signed in, where the token lives, what it allows');
  add('logout', 'revoke the sign-in at Google and forget it');
  return auth;
}

function doctorCommand(config: ToConfig, decide: Decide): Command {
  return serverOptions(new Command('doctor'))
    .description('checks configuration, sign-in, scopes, APIs, keychain and folders, and says what to do')
    .action((options: ServerOptions) => decide({ command: 'doctor', config: config(options) }));
}

function uploadCommand(config: ToConfig, decide: Decide): Command {
  return serverOptions(new Command('upload'))
    .description('upload files and folders')
    .argument('<path...>', 'files, folders or patterns')
    .option('--album <title>', 'into this album, found or made')
    .option('--album-per-folder', 'one album a folder, named like it', false)
    .option('--no-recursive', 'not into sub-folders')
    .option('--dry-run', 'only say what would happen', false)
    .option('--concurrency <n>', 'files sent at a time, 1 to 8', concurrency, 5)
    .action((paths: string[], options: ServerOptions & Omit<UploadArguments, 'paths'>) => {
      // A person who names a path on the command line has allowed it.
      const allowDir = [...(options.allowDir ?? []), ...paths.map(folderOfPattern)];
      decide({ command: 'upload', config: config({ ...options, allowDir }), upload: { ...options, paths } });
    });
}

function downloadCommand(config: ToConfig, decide: Decide): Command {
  return serverOptions(new Command('download'))
    .description('download an album into a folder')
    .argument('<album>', 'title or id')
    .argument('<dir>', 'folder; made when missing', absolutePath)
    .action((album: string, dir: string, options: ServerOptions) => {
      const allowDir = [...(options.allowDir ?? []), dir];
      decide({ command: 'download', config: config({ ...options, allowDir }), album, dir });
    });
}
