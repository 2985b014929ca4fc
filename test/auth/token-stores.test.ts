/** Every token store keeps what the contract says; what each of them does besides stands in `stores.test.ts`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { beforeAll, describe, onTestFinished } from 'vitest';
import { createFileTokenStore } from '../../src/auth/file-token-store.ts';
import { createKeychainTokenStore } from '../../src/auth/keychain.ts';
import { createMacosSecurityTokenStore } from '../../src/auth/macos-security.ts';
import { createMemoryTokenStore } from '../../src/auth/memory-token-store.ts';
import { type SavingProcess, tokenStoreContract } from '../contracts/token-store.ts';
import { hasKeyring, noKeyring, useKeyring } from '../harness/keyring.ts';
import { ONCE_MORE_IN_CI } from '../harness/outside.ts';
import { bundle } from '../harness/program.ts';
import { fakeSecurity, temporaryFolder } from './fake-google.ts';

let program: string;
beforeAll(async () => {
  program = await bundle('test/auth/programs/save-token.ts');
});

interface Job {
  kind: 'file' | 'keychain' | 'macos-security';
  key: string;
  folder?: string;
}

/** What it has started is killed with it, so that nothing is saved afterwards. */
function startSaving(job: Job): SavingProcess {
  const child = spawn(process.execPath, [program, JSON.stringify(job)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (isRunning && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    const rest: string[] = [];
    for (let line = await lines.next(); !line.done; line = await lines.next()) rest.push(line.value);
    await closed;
    return rest;
  };
  onTestFinished(async () => void (await kill()));
  return { next: async () => (await lines.next()).value, kill };
}

tokenStoreContract('memory', async () => {
  const [store, other] = [createMemoryTokenStore(), createMemoryTokenStore()];
  return { open: () => store, openOther: () => other, close: async () => {} };
});

tokenStoreContract('file', async () => {
  const folder = await temporaryFolder();
  return {
    open: () => createFileTokenStore(folder, 'work'),
    openOther: () => createFileTokenStore(folder, 'other'),
    startSaving: async () => startSaving({ kind: 'file', key: 'work', folder }),
    close: async () => {},
  };
});

describe.skipIf(process.platform === 'win32')('', () => {
  tokenStoreContract('macOS security tool', async () => {
    const { command } = await fakeSecurity();
    return {
      open: () => createMacosSecurityTokenStore('work', command),
      openOther: () => createMacosSecurityTokenStore('other', command),
      startSaving: async () => startSaving({ kind: 'macos-security', key: 'work', folder: command }),
      close: async () => {},
    };
  });
});

describe.skipIf(!hasKeyring)('', ONCE_MORE_IN_CI, () => {
  useKeyring();
  tokenStoreContract(`keychain${noKeyring}`, async () => {
    const open = () => createKeychainTokenStore('work', 'linux');
    const openOther = () => createKeychainTokenStore('other', 'linux');
    await Promise.all([open().clear(), openOther().clear()]);
    return {
      open,
      openOther,
      startSaving: async () => startSaving({ kind: 'keychain', key: 'work' }),
      close: async () => {},
    };
  });
});
