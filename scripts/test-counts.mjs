/** `node scripts/test-counts.mjs REPORT`: "PASSED FAILED FLAKY" of a JSON report of vitest; each flaky test on stderr. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * Flaky is what passed, but not at once: the report keeps what went wrong before. A file that broke before its first test, or
 * around its tests, counts as one failure.
 * @param {{ testResults: { name: string, status: string, assertionResults: { fullName: string, status: string, failureMessages?: string[] }[] }[] }} report
 * @returns {{ passed: number, failed: number, flaky: string[] }}
 */
export function countTests({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const withStatus = (status) => tests.filter((test) => test.status === status);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: withStatus('passed').length,
    failed: withStatus('failed').length + broken.length,
    flaky: withStatus('passed')
      .filter(({ failureMessages = [] }) => failureMessages.length > 0)
      .map(({ fullName }) => fullName),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed, flaky } = countTests(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  for (const name of flaky) process.stderr.write(`flaky: ${name}\n`);
  process.stdout.write(`${passed} ${failed} ${flaky.length}\n`);
}
