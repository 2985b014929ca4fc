/**
 * `npm run demo`: starts the real server on stdio with `--demo`, drives it with a real MCP client, and shows a person what
 * it does. Every step checks what it got; the exit status is 0 only when every step really happened.
 */
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { connections, DEMO, OWN_LIBRARY } from '../client-configs.ts';
import { type Say, tour } from './tour.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

async function main(): Promise<void> {
  const say: Say = (text = '') => process.stdout.write(`${text}\n`);
  const client = new Client({ name: 'google-photos-mcp-demo', version: '1' });
  const transport = new StdioClientTransport({ command: process.execPath, args: [MAIN, '--demo'], stderr: 'inherit' });
  await client.connect(transport);
  try {
    await tour(client, say);
  } finally {
    await client.close();
  }
  sayHowToConnect(say);
}

function sayHowToConnect(say: Say): void {
  const local = { command: 'node', args: [MAIN, '--demo'] };
  say('\nConnect an assistant to this demo\n');
  for (const { client, where, text } of connections(local)) say(`${client}, ${where}:\n\n${text}\n`);
  say(`Once the package is published, ${DEMO.command} ${DEMO.args.join(' ')} is the same demo on any machine.\n`);
  say('Connect an assistant to your own library (README: "Connect it to my Google account" has the OAuth client)\n');
  for (const { client, where, text } of connections(OWN_LIBRARY)) say(`${client}, ${where}:\n\n${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
