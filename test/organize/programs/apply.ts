/** A process that applies a preview, or takes it back, and may be killed or stopped at any instant; prints its report. */
import { createGoogle } from '../../../src/google/client.ts';
import { loopbackHosts } from '../../../src/google/hosts.ts';
import { createFilePreviews } from '../../../src/organize/apply/file-previews.ts';
import { applyPreview, undoPreview } from '../../../src/organize/apply/organizer.ts';

const { what, origin, folder, id, settleMs, lease } = JSON.parse(process.argv[2] ?? '');
const google = createGoogle({
  hosts: loopbackHosts(origin),
  tokens: { accessToken: async () => 'token', invalidate() {} },
});
const run = what === 'undo' ? undoPreview : applyPreview;
const report = await run(createFilePreviews(folder, { lease }), id, { google, settleMs });
process.stdout.write(`${JSON.stringify(report)}\n`);
