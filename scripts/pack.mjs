/** `npm run pack`: the extension for Claude Desktop, `google-photos-mcp.mcpb`, from the built command. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const output = resolve(process.argv[2] ?? join(root, 'google-photos-mcp.mcpb'));

/** What the command loads while it runs; everything else of these packages stays behind. */
const PACKAGE_FILES = {
  keytar: [
    'LICENSE.md',
    'lib',
    'prebuilds/darwin-arm64',
    'prebuilds/darwin-x64',
    'prebuilds/win32-arm64',
    'prebuilds/win32-x64',
    'prebuilds/linux-arm64',
    'prebuilds/linux-x64',
  ],
  '@jsquash/jpeg': [
    'LICENSE',
    ...['decode.js', 'encode.js', 'meta.js', 'utils.js'],
    ...['codec/dec/mozjpeg_dec.js', 'codec/dec/mozjpeg_dec.wasm'],
    ...['codec/enc/mozjpeg_enc.js', 'codec/enc/mozjpeg_enc.wasm'],
  ],
  '@jsquash/webp': ['LICENSE', 'decode.js', 'utils.js', 'codec/dec/webp_dec.js', 'codec/dec/webp_dec.wasm'],
  '@resvg/resvg-wasm': ['index.mjs', 'index_bg.wasm'],
};

const staging = await mkdtemp(join(tmpdir(), 'mcpb-'));
try {
  await copyCommand();
  await copyPackages();
  mcpb('validate', join(staging, 'manifest.json'));
  await rm(output, { force: true });
  mcpb('pack', staging, output);
  const { size } = await stat(output);
  process.stdout.write(`${output}: ${(size / 1e6).toFixed(2)} MB\n`);
} finally {
  await rm(staging, { recursive: true, force: true });
}

async function copyCommand() {
  const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await cp(join(root, 'dist'), join(staging, 'server'), {
    recursive: true,
    filter: (path) => !/\/(demo\.js|emulator\.d\.ts)$/.test(path),
  });
  for (const file of ['manifest.json', 'LICENSE', 'assets/icon.png']) await cp(join(root, file), join(staging, file));
  // Without it, Node would take the command for CommonJS.
  await writeFile(join(staging, 'package.json'), JSON.stringify({ name, version, license, type: 'module' }));
}

async function copyPackages() {
  for (const [name, files] of Object.entries(PACKAGE_FILES)) {
    const [from, to] = [join(root, 'node_modules', name), join(staging, 'node_modules', name)];
    await mkdir(to, { recursive: true });
    for (const file of ['package.json', ...files]) await cp(join(from, file), join(to, file), { recursive: true });
  }
}

function mcpb(...args) {
  execFileSync(process.execPath, [join(root, 'node_modules/@anthropic-ai/mcpb/dist/cli/cli.js'), ...args], {
    cwd: staging,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
