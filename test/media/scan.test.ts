import { chmodSync, copyFileSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AllowedFolders } from '../../src/media/allowed-folders.ts';
import { stampOf } from '../../src/media/file-hash.ts';
import { openLedger } from '../../src/media/ledger/file-ledger.ts';
import { scanFiles } from '../../src/media/scan/scan.ts';
import { FILES, jpeg, temporaryFolder, write, writePhotos } from './harness.ts';

function folderWith(files: Record<string, Buffer | string>) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) write(join(folder, name), content);
  return { folder, allowed: new AllowedFolders([folder], folder) };
}

const names = ({ items }: Awaited<ReturnType<typeof scanFiles>>) => items.map(({ filename }) => filename);

describe('a scan', () => {
  it('gives photos and videos by capture time with all that they say', async () => {
    const { folder, allowed } = folderWith({ 'late.jpg': jpeg('late', { taken: '2024:07:15 08:00:00' }) });
    for (const name of ['full.jpg', 'v.mp4']) copyFileSync(join(FILES, name), join(folder, name));
    const scan = await scanFiles([folder], { allowed });
    expect(names(scan)).toEqual(['v.mp4', 'full.jpg', 'late.jpg']);
    expect(scan.items.find(({ filename }) => filename === 'full.jpg')).toEqual({
      kind: 'localFile',
      path: join(folder, 'full.jpg'),
      filename: 'full.jpg',
      size: 5359,
      type: 'photo',
      mimeType: 'image/jpeg',
      creationTime: '2024-07-14T12:11:33.12+01:00',
      cameraMake: 'Apple',
      cameraModel: 'iPhone 14 Pro',
      latitude: 38.7139,
      longitude: -9.1334,
      description: 'XMP caption é',
      width: 64,
      height: 48,
    });
  });

  it('goes into folders unless told not to, and leaves clutter alone', async () => {
    const { folder, allowed } = folderWith({
      'a.jpg': jpeg('a'),
      'sub/b.jpg': jpeg('b'),
      '.hidden/c.jpg': jpeg('c'),
      '._a.jpg': jpeg('d'),
      'Thumbs.db': 'x',
      '@eaDir/e.jpg': jpeg('e'),
      'sub/notes.txt': 'text',
      'sub/IMG.AAE': '<xml/>',
    });
    expect(names(await scanFiles([folder], { allowed })).sort()).toEqual(['a.jpg', 'b.jpg']);
    expect(names(await scanFiles([folder], { allowed, recursive: false }))).toEqual(['a.jpg']);
    const { skipped } = await scanFiles([folder], { allowed });
    expect(skipped.map(({ path }) => path).sort()).toEqual([
      join(folder, 'sub/IMG.AAE'),
      join(folder, 'sub/notes.txt'),
    ]);
  });

  it('takes patterns, and paths that merely look like patterns', async () => {
    const { folder, allowed } = folderWith({
      'a (1).jpg': jpeg('1'),
      '[x].jpg': jpeg('2'),
      'x.jpg': jpeg('3'),
      '2024/07/B.JPG': jpeg('4'),
      '2024/08/c.jpg': jpeg('5'),
    });
    const scan = async (...patterns: string[]) =>
      names(
        await scanFiles(
          patterns.map((pattern) => join(folder, pattern)),
          { allowed },
        ),
      ).sort();
    expect(await scan('a (1).jpg')).toEqual(['a (1).jpg']);
    expect(await scan('[x].jpg')).toEqual(['[x].jpg']);
    expect(await scan('*.jpg')).toEqual(['[x].jpg', 'a (1).jpg', 'x.jpg']);
    expect(await scan('**/*.jpg')).toEqual(['B.JPG', '[x].jpg', 'a (1).jpg', 'c.jpg', 'x.jpg']);
    expect(await scan('2024/0{7,8}')).toEqual(['B.JPG', 'c.jpg']);
    expect(names(await scanFiles(['2024/*/*.jpg'], { allowed }))).toHaveLength(2);
  });

  it('does not look outside, neither by pattern nor by link', async () => {
    const outside = temporaryFolder();
    write(join(outside, 'secret.jpg'), jpeg('secret'));
    const { folder, allowed } = folderWith({ 'a.jpg': jpeg('a') });
    symlinkSync(outside, join(folder, 'link'));
    const scan = async (path: string) => (await scanFiles([path], { allowed })).items;
    expect(await scan(join(outside, '*.jpg'))).toEqual([
      { kind: 'failed', filename: '*.jpg', path: join(outside, '*.jpg'), reason: 'is outside the allowed folders' },
    ]);
    expect(await scan(`${folder}/*/../*.jpg`)).toMatchObject([{ reason: 'has .. after a wildcard' }]);
    expect(await scan(join(folder, 'link', 'secret.jpg'))).toMatchObject([
      { kind: 'failed', reason: 'is a link that leads outside the allowed folders' },
    ]);
    expect(await scan(folder)).toMatchObject([
      { kind: 'localFile', filename: 'a.jpg' },
      { kind: 'failed', filename: 'link', reason: 'is a link that leads outside the allowed folders' },
    ]);
  });

  it('names each file once, through links that stay inside and run in circles', async () => {
    const { folder, allowed } = folderWith({ 'real/a.jpg': jpeg('a') });
    symlinkSync(join(folder, 'real/a.jpg'), join(folder, 'b.jpg'));
    symlinkSync(folder, join(folder, 'real/up'));
    symlinkSync('loop', join(folder, 'loop'));
    const { items } = await scanFiles([folder, join(folder, 'real'), join(folder, '**/*.jpg')], { allowed });
    expect(items).toMatchObject([
      { kind: 'localFile', path: join(folder, 'real/a.jpg') },
      { kind: 'failed', filename: 'loop', reason: 'is a link that leads in a circle' },
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('lists what it may not read', async () => {
    const { folder, allowed } = folderWith({ 'a.jpg': jpeg('a'), 'locked/b.jpg': jpeg('b') });
    chmodSync(join(folder, 'a.jpg'), 0);
    chmodSync(join(folder, 'locked'), 0);
    const { items } = await scanFiles([folder], { allowed });
    chmodSync(join(folder, 'locked'), 0o755);
    expect(items.map((item) => [item.filename, 'reason' in item && item.reason])).toEqual([
      ['locked', 'cannot be read: no permission'],
      ['a.jpg', 'cannot be read: no permission'],
    ]);
  });

  it('knows what the ledger knows, without reading', async () => {
    const { folder, allowed } = folderWith({ 'a.jpg': jpeg('a'), 'b.jpg': jpeg('b') });
    const ledger = openLedger({ stateDir: temporaryFolder(), account: 'default' });
    await ledger.rememberHash(join(folder, 'a.jpg'), stampOf(statSync(join(folder, 'a.jpg'))), 'abc');
    await ledger.rememberMediaItem('abc', 'media-item-1');
    const { items } = await scanFiles([folder], { allowed, ledger });
    expect(items.map((item) => 'mediaItemId' in item && item.mediaItemId).sort()).toEqual([false, 'media-item-1']);
  });

  it('says which option is missing when no folder is allowed', async () => {
    const folder = temporaryFolder();
    const { items } = await scanFiles([folder], { allowed: new AllowedFolders([]) });
    expect(items).toMatchObject([{ reason: 'is not inside an allowed folder: none is configured' }]);
    await expect(new AllowedFolders([]).target(folder)).rejects.toMatchObject({
      next: expect.stringContaining('--allow-dir'),
    });
  });

  it('takes relative paths from the working folder, then from the allowed ones', async () => {
    const { folder } = folderWith({ 'pics/a.jpg': jpeg('a') });
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, 'pics'));
    const { items } = await scanFiles(['pics'], { allowed: new AllowedFolders([folder], elsewhere) });
    expect(items).toMatchObject([{ path: join(folder, 'pics/a.jpg') }]);
  });

  it('stops when it is told to', async () => {
    const { folder, allowed } = folderWith({});
    writePhotos(folder, 50);
    const stop = new AbortController();
    const scan = scanFiles([folder], { allowed, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(scan).rejects.toThrow();
  });
});
