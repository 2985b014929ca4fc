/** Draws one scene after the other in a thread of its own; `draw-jpeg.ts` is at the other end. */
import { parentPort } from 'node:worker_threads';
import { encodeJpeg } from './codecs.ts';
import { renderScene, type SceneRequest } from './render.ts';

export type DrawReply = { jpeg: Uint8Array<ArrayBuffer> } | { error: string };

parentPort?.on('message', async (request: SceneRequest) => {
  try {
    const jpeg = new Uint8Array(await encodeJpeg(await renderScene(request)));
    parentPort?.postMessage({ jpeg } satisfies DrawReply, [jpeg.buffer]);
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies DrawReply);
  }
});
