/** Plugins for esbuild, used by `build.mjs` and by the tests that bundle programs. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * `import('some-commonjs-package')` gives its named exports in Node, but only a default export in a bundle with splitting.
 * A small ES module between the two names them.
 */
export const namedExportsOfCommonJs = {
  name: 'named-exports-of-commonjs',
  setup(build) {
    build.onResolve({ filter: /^(google-auth-library|pngjs|omggif|exifreader)$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'named-exports' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'named-exports' }, ({ path }) => {
      const names = Object.keys(require(path)).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default');
      const contents = `const all = require('${path}'); export default all; export const { ${names.join(', ')} } = all;`;
      return { contents, resolveDir: import.meta.dirname };
    });
  },
};
