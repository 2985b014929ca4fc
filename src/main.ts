#!/usr/bin/env node
/** The command. It loads nothing before it has to: the rest comes compiled from Node's cache, where Node has one (22.8). */
import { Console } from 'node:console';
import * as module from 'node:module';

// Libraries that print do so on stderr: on stdio, stdout belongs to the protocol.
globalThis.console = new Console(process.stderr);

// A reader that has seen enough (`| head`, a client that is gone) is no error.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

// Types know Node 20, which has none.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache();

// Assistants mostly start the bare command: its files are read side by side. Failing shows when it is started.
if (process.argv.length === 2) import('./cli/commands/serve.ts').catch(() => {});

import('./cli/run.ts')
  .then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
  .then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
