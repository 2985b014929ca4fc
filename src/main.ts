#!/usr/bin/env node
/** The command: parse, then hand over. Nothing heavy is imported before it is needed. */
import { Console } from 'node:console';
import { type Invocation, parseCommandLine } from './command-line.ts';
import { environment } from './config.ts';

declare const __VERSION__: string;

async function run(invocation: Invocation): Promise<number> {
  switch (invocation.command) {
    case 'exit': {
      (invocation.status === 0 ? process.stdout : process.stderr).write(invocation.output);
      return invocation.status;
    }
    case 'serve': {
      const { serve } = await import('./commands/serve.ts');
      return serve(invocation.config, { httpPort: invocation.httpPort, version: __VERSION__ });
    }
    case 'emulator': {
      const { runEmulator } = await import('./emulator/index.ts');
      return runEmulator(invocation.emulator);
    }
    case 'auth': {
      const { auth } = await import('./commands/auth.ts');
      return auth(invocation.action, invocation.config, invocation);
    }
    case 'doctor': {
      const { doctor } = await import('./commands/doctor.ts');
      return doctor(invocation.config);
    }
    case 'upload': {
      const { upload } = await import('./commands/transfers.ts');
      return upload(invocation.config, invocation.upload);
    }
    case 'download': {
      const { download } = await import('./commands/transfers.ts');
      return download(invocation.config, invocation);
    }
  }
}

// Libraries that print do so on stderr: on stdio, stdout belongs to the protocol.
globalThis.console = new Console(process.stderr);

run(parseCommandLine(process.argv.slice(2), environment, __VERSION__)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
