/**
 * Bytes that belong together go to the system in one call: what others append to the same file comes before or after.
 */
import type { FileHandle } from 'node:fs/promises';

/**
 * Rejects when only a part was written, as a disk does that has just become full: the rest would come behind another
 * process's line. The error says ENOSPC then, as the next call would.
 */
export async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  const { bytesWritten } = await file.write(bytes);
  if (bytesWritten === bytes.length) return;
  const message = `ENOSPC: ${bytesWritten} of ${bytes.length} bytes written, write`;
  throw Object.assign(new Error(message), { code: 'ENOSPC', syscall: 'write' });
}
