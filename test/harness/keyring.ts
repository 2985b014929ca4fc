/** A real keyring for the tests of a file: gnome-keyring in a D-Bus session of its own. Where there is none, they are skipped. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll } from 'vitest';

const needed = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'];
const missing = needed.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);

export const hasKeyring = missing.length === 0;
/** For the name of what is skipped. */
export const noKeyring = hasKeyring ? '' : ` (skipped: no ${missing.join(', ')} here)`;

export const WITH_KEYRING = fileURLToPath(new URL('../auth/with-keyring.sh', import.meta.url));

/**
 * From now on this process and its children find the keyring. It ends with this process and not before: the bus's library
 * ends a process that loses its bus.
 */
export function useKeyring(): void {
  beforeAll(async () => {
    if (!hasKeyring) return;
    const session = spawn(WITH_KEYRING, ['sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [address] = await once(createInterface({ input: session.stdout }), 'line');
    process.env.DBUS_SESSION_BUS_ADDRESS = address;
    session.unref();
  });
}
