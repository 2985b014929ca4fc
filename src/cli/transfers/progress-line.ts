/** How far a transfer is, for a person who watches: a bar on a terminal, now and then a plain line elsewhere. */

export interface Output {
  write(text: string): unknown;
  /** A terminal, where a line can be written over. */
  isTTY?: boolean;
  columns?: number;
}

export interface Progress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  /** Where it is known beforehand. */
  bytesTotal?: number;
  current: string;
}

const REDRAW = 100;
const PLAIN_EVERY = 5_000;
const BAR = 24;
const CLEAR_LINE = '\r\u001b[2K';

export class ProgressLine {
  readonly #output: Output;
  readonly #now: () => number;
  #lastAt: number;
  #isDrawn = false;

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
    this.#lastAt = now();
  }

  update(progress: Progress): void {
    const { isTTY } = this.#output;
    const isDue = this.#now() - this.#lastAt >= (isTTY ? REDRAW : PLAIN_EVERY);
    if (!isDue) return;
    this.#lastAt = this.#now();
    this.#isDrawn = true;
    this.#output.write(isTTY ? CLEAR_LINE + this.#bar(progress) : `${inWords(progress)}\n`);
  }

  /** Makes way for other lines. */
  clear(): void {
    if (this.#isDrawn && this.#output.isTTY) this.#output.write(CLEAR_LINE);
    this.#isDrawn = false;
  }

  #bar(progress: Progress): string {
    const { filesDone, filesTotal, bytesDone, bytesTotal } = progress;
    const part = bytesTotal ? bytesDone / bytesTotal : filesDone / Math.max(1, filesTotal);
    const full = Math.round(Math.min(1, part) * BAR);
    const text = `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${inWords(progress)}`;
    // A line that wraps can no longer be written over.
    return text.slice(0, (this.#output.columns ?? 80) - 1);
  }
}

function inWords({ filesDone, filesTotal, bytesDone, bytesTotal, current }: Progress): string {
  const bytes = bytesTotal ? `${inBytes(bytesDone)} of ${inBytes(bytesTotal)}` : inBytes(bytesDone);
  return `${filesDone}/${filesTotal} files  ${bytes}  ${printable(current)}`;
}

/** `1.2 GB`, decimal as disks and operators count. */
export function inBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** File names may hold control characters, which a terminal would obey. */
export const printable = (name: string): string => name.replace(/\p{Cc}/gu, '?');
