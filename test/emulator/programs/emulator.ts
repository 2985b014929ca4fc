/** The emulator as the command runs it, with options as JSON. */
import { runEmulator } from '../../../src/cli/commands/emulator.ts';

process.exitCode = await runEmulator(JSON.parse(process.argv[2] ?? '{}'));
