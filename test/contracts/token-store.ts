/** What every token store promises: keychains, files and databases alike. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../src/auth/secret.ts';
import type { Grant, TokenStore } from '../../src/auth/token-store.ts';
import { grantOf } from './token-store-worker.ts';

/** A process of its own that runs `saveOn` of `token-store-worker.ts`. */
export interface SavingProcess {
  /** The next line that it prints; undefined at its end. */
  next(): Promise<string | undefined>;
  /** At once and without a word, as SIGKILL does. Gives what it printed and the test has not read. */
  kill(): Promise<string[]>;
}

/** One account's grant. */
export interface TokenPlace {
  /** Another store of the same grant, as another process has it; the same one where it ends with its process. */
  open(): TokenStore;
  /** Of another account. */
  openOther(): TokenStore;
  close(): Promise<void>;
}

/** A place whose stores outlive their process. */
export interface LastingTokenPlace extends TokenPlace {
  startSaving(): Promise<SavingProcess>;
}

/** As it can be compared. */
const shown = (grant: Grant | undefined) => grant && { ...grant, refreshToken: grant.refreshToken.reveal() };

/** @param makePlace with nothing in it. */
export function tokenStoreContract(name: string, makePlace: () => Promise<TokenPlace | LastingTokenPlace>): void {
  describe(name, () => {
    let place: TokenPlace | LastingTokenPlace;
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(() => place.close());

    test('where nothing was kept there is none, and taking it away is no error', async () => {
      expect(await place.open().load()).toBeUndefined();
      await place.open().clear();
      expect(await place.open().load()).toBeUndefined();
    });

    test('a grant is there for the next process as it was saved', async () => {
      for (const number of [1, 2, 3]) {
        await place.open().save(grantOf(number));
        expect(shown(await place.open().load())).toEqual(shown(grantOf(number)));
        expect((await place.open().load())?.refreshToken).toBeInstanceOf(Secret);
      }
    });

    test('a later grant takes the place of the one before, also what it lacks', async () => {
      const store = place.open();
      await store.save(grantOf(3));
      await store.save({ ...grantOf(3), endsAt: undefined });
      expect(shown(await place.open().load())).toEqual({ ...shown(grantOf(3)), endsAt: undefined });
    });

    test('any account and client id can be kept', async () => {
      const grant = { ...grantOf(1), account: 'me+you@example.org', clientId: '"Zürich" \\ \'🙂\' $(x) %41\n' };
      await place.open().save(grant);
      expect(shown(await place.open().load())).toEqual(shown(grant));
    });

    test('what is taken away is gone for all', async () => {
      const store = place.open();
      await store.save(grantOf(1));
      await place.open().clear();
      expect(await store.load()).toBeUndefined();
      expect(await place.open().load()).toBeUndefined();
    });

    test('accounts are apart', async () => {
      await place.open().save(grantOf(1));
      await place.openOther().save(grantOf(2));
      expect(shown(await place.open().load())).toEqual(shown(grantOf(1)));
      await place.open().clear();
      expect(shown(await place.openOther().load())).toEqual(shown(grantOf(2)));
      await place.openOther().clear();
    });

    test('what no store can take is refused, and what was there stays', async () => {
      await place.open().save(grantOf(1));
      const large = { ...grantOf(2), refreshToken: new Secret('x'.repeat(2_500)) };
      await expect((async () => place.open().save(large))()).rejects.toBeInstanceOf(RangeError);
      expect(shown(await place.open().load())).toEqual(shown(grantOf(1)));
    });

    test('a process killed -9 while it saves leaves the old grant or the new one, never half', async (context) => {
      if (!('startSaving' in place)) return context.skip('it ends with its process');
      for (const stopAfter of [1, 4, 9]) {
        const saving = await place.startSaving();
        let told = 0;
        while (told < stopAfter) told = Number(await saving.next());
        told = Math.max(told, ...(await saving.kill()).map(Number));
        const grant = await place.open().load();
        const number = grant?.signedInAt ?? 0;
        expect(number).toBeGreaterThanOrEqual(told);
        expect(number).toBeLessThanOrEqual(told + 1);
        expect(shown(grant)).toEqual(shown(grantOf(number)));
      }
    });
  });
}
