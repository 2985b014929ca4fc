/** Parses the command line and hands over to the command. */
import type { Invocation } from './command-line.ts';
import { EnvironmentError, environment, toConfig } from './config.ts';

declare const __VERSION__: string;

/** Answers the exit status. */
export const runCommandLine = async (argv: readonly string[]): Promise<number> => run(await parse(argv));

/** Assistants mostly start the bare command: then there is nothing to parse, and no parser to load. */
async function parse(argv: readonly string[]): Promise<Invocation> {
  if (argv.length > 0) return (await import('./command-line.ts')).parseCommandLine(argv, environment, __VERSION__);
  try {
    return { command: 'serve', config: toConfig({}, environment) };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return { command: 'exit', status: 2, output: `error: ${error.message}\n` };
  }
}

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
      const { runEmulator } = await import('./commands/emulator.ts');
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
