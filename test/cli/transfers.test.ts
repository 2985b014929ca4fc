import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inBytes, ProgressLine } from '../../src/cli/transfers/progress-line.ts';
import { downloadCommand, type Terminal, uploadCommand } from '../../src/cli/transfers/transfers.ts';
import { FILES, openFixture, write, writePhotos } from '../media/harness.ts';

function terminal({ isTTY = false, signal = new AbortController().signal } = {}) {
  let text = '';
  const output = { isTTY, columns: 60, write: (piece: string) => (text += piece) };
  const explain = (error: unknown) => `error: ${error instanceof Error ? error.message : error}`;
  const it: Terminal = { output, signal, explain };
  return { terminal: it, text: () => text };
}

describe('upload', () => {
  it('gives a line a file, the album and the sum, and 0', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 2);
    const { terminal: first, text } = terminal();
    expect(await uploadCommand({ paths: [fixture.photos], album: 'Lisbon' }, fixture.deps(), first)).toBe(0);
    expect(text()).toBe(
      [
        'uploaded       0001.jpg',
        'uploaded       0002.jpg',
        'Album: Lisbon (new)',
        '2 uploaded (4.1 kB), 0 already there, 0 failed',
        '',
      ].join('\n'),
    );
    const { terminal: second, text: again } = terminal();
    expect(await uploadCommand({ paths: [fixture.photos], album: 'Lisbon' }, fixture.deps(), second)).toBe(0);
    expect(again()).toContain('already there  0001.jpg\n');
    expect(again()).toContain('0 uploaded (0 B), 2 already there, 0 failed\n');
  });

  it('gives 1 when a file fails, and at a terminal only the failures', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 1);
    write(join(fixture.photos, 'text.jpg'), 'text');
    const { terminal: screen, text } = terminal({ isTTY: true });
    expect(await uploadCommand({ paths: [fixture.photos] }, fixture.deps(), screen)).toBe(1);
    expect(text()).toContain(`failed         ${join(fixture.photos, 'text.jpg')}: is not a photo or video`);
    expect(text()).not.toContain('uploaded       0001.jpg');
  });

  it('gives 130 when it is interrupted, and says how to go on', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 10);
    await fixture.control.faults([{ method: 'mediaItems.batchCreate', failure: 'hang' }]);
    const stop = new AbortController();
    const { terminal: screen, text } = terminal({ signal: stop.signal });
    const running = uploadCommand({ paths: [fixture.photos] }, fixture.deps(), screen);
    await expect.poll(async () => (await fixture.control.requests())['mediaItems.batchCreate']).toBe(1);
    stop.abort();
    expect(await running).toBe(130);
    expect(text()).toContain('Interrupted. 10 left: the same command goes on from here.\n');
  });

  it('gives 1 and the reason when nothing can be done', async () => {
    const fixture = await openFixture({ emulator: { library: 'empty', overrides: { storageFull: true } } });
    writePhotos(fixture.photos, 1);
    const { terminal: screen, text } = terminal();
    expect(await uploadCommand({ paths: [fixture.photos] }, fixture.deps(), screen)).toBe(1);
    expect(text()).toMatch(/^error: .*storage/);
  });

  it('lets no file name give orders to the terminal', async () => {
    const fixture = await openFixture();
    copyFileSync(join(FILES, 'plain.jpg'), join(fixture.photos, 'x\u001b[2Jy.jpg'));
    const { terminal: screen, text } = terminal();
    await uploadCommand({ paths: [fixture.photos] }, fixture.deps(), screen);
    expect(text()).toContain('uploaded       x?[2Jy.jpg\n');
  });
});

describe('download', () => {
  it('finds the album by title, writes its files and says what Google does to them', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 3);
    await uploadCommand({ paths: [fixture.photos], album: 'Lisbon' }, fixture.deps(), terminal().terminal);
    const { terminal: screen, text } = terminal();
    const dir = join(fixture.folder, 'out');
    expect(await downloadCommand({ album: 'Lisbon', dir }, fixture.deps(), screen)).toBe(0);
    expect(readdirSync(dir).sort()).toEqual(names);
    expect(text()).toContain(`3 downloaded (6.1 kB), 0 already there, 0 failed, in ${dir}\n`);
    expect(text()).toContain('without the place');
  });

  it('gives 1 for an album that is not there', async () => {
    const fixture = await openFixture();
    const { terminal: screen, text } = terminal();
    expect(await downloadCommand({ album: 'Nowhere', dir: fixture.folder }, fixture.deps(), screen)).toBe(1);
    expect(text()).toBe('error: There is no album "Nowhere" among those this app made.\n');
  });
});

describe('the progress line', () => {
  const progress = {
    filesDone: 5,
    filesTotal: 10,
    bytesDone: 1_500_000,
    bytesTotal: 3_000_000,
    current: 'IMG_0001.HEIC',
  };

  it('is drawn over and over on a terminal, cut to its width', () => {
    let now = 0;
    let text = '';
    const line = new ProgressLine({ isTTY: true, columns: 60, write: (piece) => (text += piece) }, () => now);
    line.update(progress);
    now = 200;
    line.update(progress);
    line.clear();
    expect(text).toBe('\r\u001b[2K[############............] 5/10 files  1.5 MB of 3.0 MB  IM\r\u001b[2K');
  });

  it('is a plain line every five seconds elsewhere', () => {
    let now = 0;
    let text = '';
    const line = new ProgressLine({ write: (piece) => (text += piece) }, () => now);
    for (now = 0; now <= 10_000; now += 1000) line.update(progress);
    line.clear();
    expect(text).toBe('5/10 files  1.5 MB of 3.0 MB  IMG_0001.HEIC\n'.repeat(2));
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [123_456_789, '123 MB'],
    [4_294_967_296, '4.3 GB'],
  ])('writes %d bytes as %s', (bytes, expected) => {
    expect(inBytes(bytes)).toBe(expected);
  });
});
