/** The person's browser, where this program runs on their own desktop. */

/** A command that finds no browser says so at once; one that is still running by then is a browser. */
const START_MS = 700;

/** Opens an address. False when no browser could be started, as far as that shows. */
export async function openInBrowser(url: string): Promise<boolean> {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    return await new Promise((resolve) => {
      const timer = setTimeout(resolve, START_MS, true);
      child.once('error', () => resolve(false));
      child.once('exit', (code) => {
        clearTimeout(timer);
        resolve(code === 0);
      });
    });
  } catch {
    return false;
  }
}
