import type { StepContext } from '../steps/handler.ts';
import type { Progress } from './progress.ts';
import type { RunOptions } from './run-options.ts';

/** What a step works with, its requests recorded as they leave. */
export function stepContext(index: number, progress: Progress, { google, signal }: RunOptions): StepContext {
  const onSend = () => progress.put(index, 'sending');
  const onRefused = () => progress.put(index, 'refused');
  return {
    google,
    signal,
    write: (method, request) => google.call(method, request, { signal, onSend, onRefused }),
    albumId: (name) => progress.creation(name)?.albumId ?? name,
    createdAlbums: progress.createdAlbums(),
  };
}
