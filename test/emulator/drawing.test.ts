/** The built emulator draws large pictures in threads: they must be found beside the bundle, and must not keep the process. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { imageSize } from 'image-size';
import { expect, test } from 'vitest';
import { jsonOf } from '../harness/json.ts';
import { run } from '../harness/program.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

test('originals at their full size, several at a time, and a clean end', { timeout: 120_000 }, async () => {
  const child = run(MAIN, ['emulator', '--access-token', 'T'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout ?? process.stdin, 'data');
  const origin = String(line).trim().split(' ').at(-1);
  const headers = { Authorization: 'Bearer T' };
  const { mediaItems } = await jsonOf(await fetch(`${origin}/v1/mediaItems?pageSize=50`, { headers }));
  const photos = mediaItems.filter((item: { mimeType: string }) => item.mimeType.startsWith('image/')).slice(0, 5);
  await Promise.all(
    photos.map(async ({ baseUrl, mediaMetadata }: { baseUrl: string; mediaMetadata: Record<string, string> }) => {
      const bytes = new Uint8Array(await (await fetch(`${baseUrl}=d`)).arrayBuffer());
      expect(imageSize(bytes)).toMatchObject({
        width: Number(mediaMetadata.width),
        height: Number(mediaMetadata.height),
      });
    }),
  );
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
});
