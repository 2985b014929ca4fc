/** A process that works on a preview in files as it is told (`obey`). */
import { createFilePreviews } from '../../../src/organize/apply/file-previews.ts';
import { obey } from '../../contracts/previews-worker.ts';

const { folder, id, lease } = JSON.parse(process.argv[2] ?? '');
await obey(createFilePreviews(folder, { lease }), id);
