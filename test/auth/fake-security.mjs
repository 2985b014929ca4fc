/** macOS's `security` as far as we use it: `fake-security.mjs FOLDER ARGUMENTS…`. Passwords are files in the folder. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', ...args] = process.argv.slice(2);
appendFileSync(join(folder, 'arguments'), `${args.join(' ')}\n`);

const NOT_FOUND = 44;

function option(words, name) {
  return words[words.indexOf(name) + 1] ?? '';
}

const pathOf = (words) => join(folder, `item-${encodeURIComponent(option(words, '-a'))}`);

function run(words) {
  const path = pathOf(words);
  if (words[0] === 'add-generic-password') {
    writeFileSync(path, option(words, '-w'));
    return 0;
  }
  if (!existsSync(path)) return NOT_FOUND;
  if (words[0] === 'find-generic-password') process.stdout.write(`${readFileSync(path, 'utf8')}\n`);
  if (words[0] === 'delete-generic-password') rmSync(path);
  return 0;
}

if (args[0] === '-i') {
  for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    run([...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain));
  }
} else {
  process.exitCode = run(args);
}
