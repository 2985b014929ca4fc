/** The emulator as others see it: what `google-photos-mcp/emulator` exports, and nothing else. */
import type { startEmulator as declared } from './emulator.d.ts';
import { startEmulator as start } from './start.ts';

export type * from './emulator.d.ts';

export const startEmulator: typeof declared = async (options) => {
  const { state: _, ...emulator } = await start(options);
  return emulator;
};
