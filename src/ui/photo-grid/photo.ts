/** One photo, large. Shows at once what is there, and the larger picture when the chat has got it. */
import type { Choice } from './choice.ts';
import { byId } from './elements.ts';
import { drawPicture, wholeImage } from './pictures.ts';
import type { Page, Shown } from './reply.ts';
import { dateWords, sizeWords } from './words.ts';

export interface PhotoActions {
  choice: Choice;
  locale(): string | undefined;
  say(status: string): void;
  close(): void;
  /** False when the host did not; undefined when it has no way, and the link is the browser's matter. */
  openLink(url: string): Promise<boolean> | undefined;
  /** A large picture as a `data:` URL; undefined where the chat calls no tools. Throws an Error with the reason. */
  fetchLarge(item: Shown): Promise<string | undefined>;
}

export class PhotoView {
  readonly #section = byId('photo', HTMLElement);
  readonly #stage = byId('stage', HTMLElement);
  readonly #title = byId('photo-title', HTMLElement);
  readonly #choose = byId('photo-choose', HTMLInputElement);
  readonly #link = byId('product-url', HTMLAnchorElement);
  readonly #previous = byId('previous-photo', HTMLButtonElement);
  readonly #next = byId('next-photo', HTMLButtonElement);
  readonly #actions: PhotoActions;
  #page: Page | undefined;
  #index = 0;

  constructor(actions: PhotoActions) {
    this.#actions = actions;
    this.#previous.addEventListener('click', () => this.#move(-1));
    this.#next.addEventListener('click', () => this.#move(1));
    byId('back', HTMLButtonElement).addEventListener('click', () => actions.close());
    this.#choose.addEventListener('change', () => actions.choice.set([this.#item], this.#choose.checked));
    this.#link.addEventListener('click', (event) => this.#openLink(event));
    this.#section.addEventListener('keydown', (event) => this.#onKey(event));
  }

  get index(): number {
    return this.#index;
  }

  show(page: Page, index: number): void {
    this.#page = page;
    this.#index = index;
    this.#describe(this.#item);
    void this.#showPicture(page, this.#item);
    this.#title.focus({ preventScroll: true });
  }

  /** Checks the box when this photo is chosen. */
  mark(): void {
    this.#choose.checked = this.#actions.choice.has(this.#item);
  }

  get #item(): Shown {
    return this.#page?.items[this.#index] ?? {};
  }

  #describe(item: Shown): void {
    const { locale } = this.#actions;
    const many = this.#page?.items.length ?? 0;
    byId('place', HTMLElement).textContent = many > 1 ? `${this.#index + 1} of ${many}` : '';
    this.#title.textContent = item.filename ?? 'Photo';
    const facts = [item.reference, dateWords(item.creationTime, locale()), sizeWords(item)];
    byId('photo-facts', HTMLElement).textContent = facts.filter(Boolean).join(' · ');
    byId('photo-description', HTMLElement).textContent = item.description ?? '';
    this.#link.hidden = item.productUrl === undefined;
    if (item.productUrl === undefined) this.#link.removeAttribute('href');
    else this.#link.href = item.productUrl;
    this.#choose.closest('label')?.toggleAttribute('hidden', item.reference === undefined);
    this.#previous.disabled = this.#index === 0;
    this.#next.disabled = this.#index >= many - 1;
    this.mark();
  }

  async #showPicture(page: Page, item: Shown): Promise<void> {
    const small = drawPicture(page, item);
    this.#stage.style.setProperty('--ratio', String(item.width && item.height ? item.width / item.height : 4 / 3));
    this.#stage.replaceChildren(...(small ? [small] : []));
    this.#stage.classList.toggle('missing', small === undefined);
    if (!item.picture?.cut) return this.#actions.say('');
    this.#stage.classList.add('loading');
    this.#actions.say('Getting the large picture …');
    const { large, status } = await this.#actions.fetchLarge(item).then(
      (url) => ({ large: url, status: url === undefined ? 'This chat shows no larger picture.' : '' }),
      (error: Error) => ({ large: undefined, status: error.message }),
    );
    // The person may have gone on to another one.
    if (item !== this.#item || page !== this.#page) return;
    this.#stage.classList.remove('loading');
    if (large !== undefined) this.#stage.replaceChildren(wholeImage(large));
    this.#actions.say(status);
  }

  #openLink(event: MouseEvent): void {
    const url = this.#link.href;
    const opening = this.#actions.openLink(url);
    if (!opening) return;
    event.preventDefault();
    void opening.then((opened) => {
      if (!opened) this.#actions.say(url);
    });
  }

  #move(by: 1 | -1): void {
    const index = this.#index + by;
    if (this.#page?.items[index]) this.show(this.#page, index);
  }

  #onKey({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent): void {
    if (altKey || ctrlKey || metaKey) return;
    if (key === 'Escape') this.#actions.close();
    else if (key === 'ArrowLeft') this.#move(-1);
    else if (key === 'ArrowRight') this.#move(1);
    else if (key === 'x' && target !== this.#choose) this.#choose.click();
  }
}
