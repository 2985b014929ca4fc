/** A process that applies a preview and may be killed at any instant. Started by `apply.test.ts`. */
import { createGoogle } from '../../../src/google/client.ts';
import { loopbackHosts } from '../../../src/google/hosts.ts';
import { createFilePreviews } from '../../../src/organize/apply/file-previews.ts';
import { applyPreview, undoPreview } from '../../../src/organize/apply/organizer.ts';

const [, , what = '', origin = '', folder = '', preview = '', settleMs = ''] = process.argv;
const google = createGoogle({
  hosts: loopbackHosts(origin),
  tokens: { accessToken: async () => 'token', invalidate() {} },
});
const run = what === 'undo' ? undoPreview : applyPreview;
const report = await run(createFilePreviews(folder), preview, { google, settleMs: Number(settleMs) });
process.stdout.write(JSON.stringify(report));
