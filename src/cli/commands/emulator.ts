/** `google-photos-mcp emulator`: says where it listens, serves until it is interrupted. */
import { type EmulatorOptions, startEmulator } from '../../emulator/index.ts';

/** Answers the exit status. */
export async function runEmulator(options: EmulatorOptions): Promise<number> {
  const emulator = await startEmulator(options);
  process.stdout.write(`emulator listening on ${emulator.origin}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await emulator.close();
  return 0;
}
