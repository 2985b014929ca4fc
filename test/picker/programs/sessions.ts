/** A process that works on picker sessions in files until it is killed (`workOn`). */
import { createFilePickerSessionStore } from '../../../src/picker/file-session-store.ts';
import { createFileLeases } from '../../../src/storage/file-leases.ts';
import { workOn } from '../../contracts/picker-sessions-worker.ts';

const { folder, leases, handle } = JSON.parse(process.argv[2] ?? '');
await workOn(createFilePickerSessionStore(folder, createFileLeases(leases)), handle);
