/** Preloaded: a disk with room for `DISK_BYTES` more bytes in files whose names end in `.part`. */
const { promises } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

let room = Number(process.env.DISK_BYTES);
const { open } = promises;

promises.open = async (path, ...rest) => {
  const file = await open(path, ...rest);
  const { writeFile } = file;
  if (String(path).endsWith('.part')) {
    file.writeFile = async (piece) => {
      room -= piece.length;
      if (room < 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), CODE);
      return writeFile.call(file, piece);
    };
  }
  return file;
};
const CODE = { code: 'ENOSPC', errno: -28, syscall: 'write' };
syncBuiltinESMExports();
