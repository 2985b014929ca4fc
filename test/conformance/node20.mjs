/**
 * The conformance suite imports `globSync`, which Node has since 22, though it does not need it to test a server. On Node 20
 * this lets it start: `node --import ./test/conformance/node20.mjs …`.
 */
import { register } from 'node:module';

const asUrl = (script) => `data:text/javascript,${encodeURIComponent(script)}`;

const fs = asUrl("export * from 'node:fs'; export { default } from 'node:fs'; export const globSync = () => [];");

if (!('globSync' in (await import('node:fs')))) {
  register(
    asUrl(`export async function resolve(specifier, context, next) {
      const ofSuite = context.parentURL?.includes('@modelcontextprotocol/conformance');
      if (ofSuite && /^(node:)?fs$/.test(specifier)) return { url: ${JSON.stringify(fs)}, shortCircuit: true };
      return next(specifier, context);
    }`),
  );
}
