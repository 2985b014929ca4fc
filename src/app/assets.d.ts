/** Text files that the build puts into the bundle (`build.mjs`), and that tests load the same way (`vitest.config.ts`). */
declare module '*.md' {
  const text: string;
  export default text;
}
declare module '*.html' {
  const text: string;
  export default text;
}
declare module '*.css' {
  const text: string;
  export default text;
}
declare module '*.svg' {
  const text: string;
  export default text;
}
/** Scripts for a browser: served, never run here. */
declare module '*.client.js' {
  const text: string;
  export default text;
}
