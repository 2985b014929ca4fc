/**
 * Preloaded: a disk that refuses. `FAULTS=link=EISDIR,rename=EBUSY*3` makes those functions of node:fs/promises fail, always or
 * so many times; `write=ENOSPC` makes writing fail in files that were opened to be appended to.
 */
const { promises } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

for (const fault of process.env.FAULTS.split(',')) {
  const [, name, code, times = Number.POSITIVE_INFINITY] = /^(\w+)=(\w+)(?:\*(\d+))?$/.exec(fault);
  const refusal = () => Object.assign(new Error(`${code}: not on this disk, ${name}`), { code, syscall: name });
  let left = Number(times);
  if (name === 'write') {
    const { open } = promises;
    promises.open = async (path, flags, mode) => {
      const file = await open(path, flags, mode);
      if (flags.startsWith('a')) file.write = async () => Promise.reject(refusal());
      return file;
    };
    continue;
  }
  const original = promises[name];
  promises[name] = async (...args) => {
    if (left-- > 0) throw refusal();
    return original(...args);
  };
}
syncBuiltinESMExports();
