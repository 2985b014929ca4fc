/**
 * A scene as JPEG. Large ones take a second of pure computing: they are drawn in threads, so that the API goes on answering
 * meanwhile. Unbundled (under a test runner) there is no script that a thread could run, and everything is drawn here.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { encodeJpeg } from './codecs.ts';
import type { DrawReply } from './draw-worker.ts';
import { builtFile } from './modules.ts';
import { renderScene, type SceneRequest } from './render.ts';

/** Below this a thread's start and the way there cost more than the drawing. */
const LARGE_PIXELS = 1.5e6;
/** Each thread holds a picture and a codec: some 200 MB for the largest. */
const MOST_THREADS = 4;
/** Threads that had nothing to draw for so long give their memory back. */
const IDLE_MS = 5_000;

export type DrawJpeg = (request: SceneRequest) => Promise<Uint8Array>;

const drawHere: DrawJpeg = async (request) => encodeJpeg(await renderScene(request));

/** Draws large scenes in threads, where there can be any, and everything else at once. */
export function createDrawing(): DrawJpeg {
  const script = builtFile('draw-worker.js');
  if (script === undefined) return drawHere;
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  const queue = new PQueue({ concurrency: threads });
  const idle: Thread[] = [];
  return ({ scene, seed, width, height }) => {
    const request = { scene, seed, width, height };
    if (width * height < LARGE_PIXELS) return drawHere(request);
    return queue.add(async () => {
      const thread = idle.pop() ?? startThread(script);
      const jpeg = await thread.draw(request);
      idle.push(thread);
      thread.endWhenIdle(() => idle.splice(idle.indexOf(thread), 1));
      return jpeg;
    });
  };
}

interface Thread {
  /** Rejects when the picture cannot be drawn; the thread is not used again then. */
  draw(request: SceneRequest): Promise<Uint8Array>;
  endWhenIdle(onEnd: () => void): void;
}

function startThread(script: string): Thread {
  const worker = new Worker(script);
  // An idle thread must not keep the process.
  worker.unref();
  let timer: NodeJS.Timeout | undefined;
  let waiting: { resolve(jpeg: Uint8Array): void; reject(error: Error): void } | undefined;
  const fail = (error: Error) => {
    void worker.terminate();
    waiting?.reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => waiting?.reject(new Error(`the drawing thread ended with ${code}`)));
  worker.on('message', (reply: DrawReply) => {
    worker.unref();
    if ('jpeg' in reply) waiting?.resolve(reply.jpeg);
    else fail(new Error(reply.error));
  });
  return {
    draw(request) {
      clearTimeout(timer);
      worker.ref();
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage(request);
      });
    },
    endWhenIdle(onEnd) {
      timer = setTimeout(() => {
        onEnd();
        void worker.terminate();
      }, IDLE_MS);
      timer.unref();
    },
  };
}
