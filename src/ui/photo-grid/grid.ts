/** The photo grid in the chat: what `media_view` gives, for people. */
import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { Choice } from './choice.ts';
import { byId } from './elements.ts';
import { connectHost, type Host } from './host.ts';
import { PhotoView } from './photo.ts';
import { type Page, type Shown, toPage } from './reply.ts';
import { applyContext } from './theme.ts';
import { Tiles } from './tiles.ts';
import { countWords } from './words.ts';

const TOOL = 'media_view';
/** Pixels of the long edge that the tool gives (its `size`). */
const LARGE = { least: 1024, most: 2048 };

class PhotoGrid {
  readonly #choice = new Choice(() => this.#showChoice());
  readonly #tiles = new Tiles({
    choice: this.#choice,
    locale: () => this.#context.locale,
    open: (index) => this.#open(index),
  });
  readonly #photo = new PhotoView({
    choice: this.#choice,
    locale: () => this.#context.locale,
    say: (status) => this.#say(status),
    close: () => this.#close(),
    openLink: (url) => this.#openLink(url),
    fetchLarge: (item) => this.#fetchLarge(item),
  });
  readonly #large = new Map<string, string>();
  #host: Host | undefined;
  #context: McpUiHostContext = {};
  #input: Record<string, unknown> = {};
  /** Those seen so far, so that going back takes no call. */
  #pages: Page[] = [];
  #at = 0;

  constructor() {
    byId('next-page', HTMLButtonElement).addEventListener('click', () => void this.#nextPage());
    byId('previous-page', HTMLButtonElement).addEventListener('click', () => this.#showPage(this.#at - 1));
    byId('fullscreen', HTMLButtonElement).addEventListener('click', () => void this.#toggleFullscreen());
    byId('choice-clear', HTMLButtonElement).addEventListener('click', () => this.#choice.clear());
    byId('choice-send', HTMLButtonElement).addEventListener('click', () => void this.#sendChoice());
  }

  async start(): Promise<void> {
    const host = await connectHost(window.parent, {
      toolInput: ({ arguments: input = {} }) => {
        this.#input = input;
      },
      toolResult: (result) => this.#begin(toPage(result)),
      toolCancelled: () => this.#begin({ ...toPage(undefined), text: 'The photos were not fetched: cancelled.' }),
      contextChanged: (context) => this.#applyContext(context),
    });
    this.#host = host;
    this.#applyContext(host.context);
    this.#showChoice();
    this.#showButtons();
    new ResizeObserver(() => this.#tellSize()).observe(byId('app', HTMLElement));
  }

  #begin(page: Page): void {
    this.#pages = [page];
    this.#showPage(0);
  }

  get #page(): Page | undefined {
    return this.#pages[this.#at];
  }

  #showPage(at: number): void {
    this.#at = at;
    const page = this.#page;
    if (!page) return;
    this.#showSection('grid');
    this.#tiles.show(page);
    this.#tiles.mark();
    const empty = page.items.length === 0;
    byId('title', HTMLElement).textContent = empty ? 'No photos' : countWords(page.items);
    byId('subtitle', HTMLElement).textContent = rangeOf(page.items);
    this.#say(empty || page.isError ? page.text : '');
    this.#showButtons();
  }

  #showButtons(): void {
    const more = this.#pages[this.#at + 1] !== undefined || (this.#page?.next !== undefined && this.#callsTools);
    byId('next-page', HTMLButtonElement).hidden = !more;
    byId('previous-page', HTMLButtonElement).hidden = this.#at === 0;
    byId('fullscreen', HTMLButtonElement).hidden = !this.#context.availableDisplayModes?.includes('fullscreen');
  }

  async #nextPage(): Promise<void> {
    const next = this.#page?.next;
    if (this.#pages[this.#at + 1]) return this.#showPage(this.#at + 1);
    if (next === undefined) return;
    const button = byId('next-page', HTMLButtonElement);
    button.disabled = true;
    this.#say('Getting the next photos …');
    try {
      this.#pages.push(await this.#view({ ...this.#input, mediaItemIds: [next] }));
      this.#showPage(this.#at + 1);
      this.#tiles.focus(0);
    } catch (error) {
      this.#say(wordsOf(error));
    }
    button.disabled = false;
  }

  get #callsTools(): boolean {
    return this.#host?.capabilities.serverTools !== undefined;
  }

  async #view(input: Record<string, unknown>): Promise<Page> {
    const page = toPage(await this.#host?.callTool(TOOL, input));
    // The second line tells an assistant what to do.
    if (page.isError) throw new Error(page.text.split('\n')[0]);
    return page;
  }

  async #fetchLarge({ reference }: Shown): Promise<string | undefined> {
    if (reference === undefined || !this.#callsTools) return undefined;
    const known = this.#large.get(reference);
    if (known !== undefined) return known;
    const wanted = Math.ceil(window.innerWidth * window.devicePixelRatio);
    const size = Math.min(Math.max(wanted, LARGE.least), LARGE.most);
    const { images, text } = await this.#view({ mediaItemIds: [reference], layout: 'single', size });
    const [large] = images;
    if (large === undefined) throw new Error(text);
    this.#large.set(reference, large);
    return large;
  }

  #open(index: number): void {
    if (!this.#page) return;
    this.#showSection('photo');
    this.#photo.show(this.#page, index);
  }

  #close(): void {
    this.#showSection('grid');
    this.#say('');
    this.#tiles.focus(this.#photo.index);
  }

  #showSection(name: 'grid' | 'photo'): void {
    byId('grid', HTMLElement).hidden = name !== 'grid';
    byId('photo', HTMLElement).hidden = name !== 'photo';
  }

  #openLink(url: string): Promise<boolean> | undefined {
    return this.#host?.capabilities.openLinks && this.#host.openLink(url);
  }

  #showChoice(): void {
    const { size, reference } = this.#choice;
    byId('choice', HTMLElement).hidden = size === 0;
    byId('choice-count', HTMLElement).textContent = `${size} chosen`;
    byId('choice-text', HTMLOutputElement).textContent = reference;
    byId('choice-send', HTMLButtonElement).hidden = !this.#host?.capabilities.message;
    this.#tiles.mark();
    this.#photo.mark();
  }

  async #sendChoice(): Promise<void> {
    const text = `I chose ${this.#choice.reference}`;
    const button = byId('choice-send', HTMLButtonElement);
    button.disabled = true;
    const sent = await this.#host?.say(text);
    button.disabled = false;
    this.#say(sent ? 'Sent to the chat.' : `The chat did not take it. You can write it yourself: ${text}`);
    if (sent) this.#choice.clear();
  }

  async #toggleFullscreen(): Promise<void> {
    await this.#host?.requestDisplayMode(this.#context.displayMode === 'fullscreen' ? 'inline' : 'fullscreen');
  }

  /** Changes arrive in part: what is not mentioned stays as it was. */
  #applyContext(changes: McpUiHostContext): void {
    this.#context = { ...this.#context, ...changes };
    applyContext(document.documentElement, this.#context);
    const isFull = this.#context.displayMode === 'fullscreen';
    byId('fullscreen', HTMLButtonElement).setAttribute('aria-pressed', String(isFull));
    this.#showButtons();
  }

  #tellSize(): void {
    if (document.documentElement.dataset.fill === 'true') return;
    const { height } = byId('app', HTMLElement).getBoundingClientRect();
    this.#host?.sizeChanged({ width: window.innerWidth, height: Math.ceil(height) });
  }

  #say(status: string): void {
    byId('status', HTMLElement).textContent = status;
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** "k7m2 #1 – #60": by what names the assistant knows them. */
function rangeOf(items: readonly Shown[]): string {
  const [first, last] = [items.at(0), items.at(-1)];
  if (first?.reference === undefined || last?.reference === undefined) return '';
  return first === last ? first.reference : `${first.reference} – #${last.n}`;
}

void new PhotoGrid().start();
