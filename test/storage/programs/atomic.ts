/** Calls functions of `atomic-file.ts`, one after the other, and says for each what came of it. */
import { createFileOnce, moveOnce, readPrivateText, replaceFile } from '../../../src/storage/atomic-file.ts';
import { codeOf } from '../../../src/storage/errors.ts';

const functions = { replaceFile, createFileOnce, moveOnce, readPrivateText };
type Call = {
  [Name in keyof typeof functions]: [Name, ...Parameters<(typeof functions)[Name]>];
}[keyof typeof functions];

const call = ([name, path, ...rest]: Call): Promise<unknown> =>
  // Which arguments belong to which function is the test's business.
  (functions[name] as (path: string, ...rest: unknown[]) => Promise<unknown>)(path, ...rest);

const { calls }: { calls: Call[] } = JSON.parse(process.argv[2] ?? '');
for (const each of calls) {
  const answer = await call(each).then(String, (error) => codeOf(error) ?? String(error));
  process.stdout.write(`${answer}\n`);
}
