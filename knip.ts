/** What `npm run lint` asks of imports and packages: nothing is exported or installed that nothing else needs. */
import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/main.ts',
    'scripts/*.mjs',
    'src/cli/demo/demo.ts',
    // For other people's tests.
    'src/emulator/index.ts',
    // Threads and processes that are started by their file's name.
    '**/*-worker.ts',
    'test/**/{*-child,result-writer}.ts',
    'test/**/programs/*.ts',
    'test/conformance/node20.mjs',
    'bench/*.ts',
    'bench/servers/*.{ts,mjs}',
  ],
  project: ['{src,tools,test,bench,scripts}/**/*.{ts,mjs,html}', '*.mjs', '!test/fixtures/**'],
  // The suite is run by its path, the font read by its own.
  ignoreDependencies: ['@modelcontextprotocol/conformance', '@fontsource/inter'],
  ignoreBinaries: ['mkfifo', 'mount', 'umount'],
  // A type stays exported beside the function whose parameter or result it is.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // A page names its script as pages do.
  compilers: {
    html: (text: string) =>
      [...text.matchAll(/<script src="([^"]+)"/g)].map(([, file]) => `import './${file}';`).join('\n'),
  },
} satisfies KnipConfig;
