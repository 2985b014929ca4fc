/** Starts a program of this folder that `bundle` has made ready. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Running {
  process: ChildProcess;
  /** Resolves when a line is printed; rejects when the program ends without it. */
  line(matching: (line: string) => boolean): Promise<string>;
  /** The whole lines so far. */
  printed(): string[];
  /** Exit code, or the signal that ended it. */
  end: Promise<number | string>;
}

export function start(
  file: string,
  job: unknown,
  nodeOptions: string[] = [],
  environment: Record<string, string> = {},
): Running {
  const child = spawn(process.execPath, [...nodeOptions, file, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let output = '';
  let errors = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (data) => {
    output += data;
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const end = once(child, 'close').then(([code, signal]) => code ?? signal);
  return {
    process: child,
    end,
    printed: () => output.split('\n').slice(0, -1),
    line: (matching) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = output.split('\n').slice(0, -1).find(matching);
          if (found !== undefined) resolve(found);
        };
        listeners.add(look);
        look();
        void end.then((code) => reject(new Error(`ended with ${code} before that line: ${output}${errors}`)));
      }),
  };
}
