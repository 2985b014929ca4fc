/** The grid: a list of tiles, one of them in the tab order, the others reached with the arrow keys. */
import type { Choice } from './choice.ts';
import { byId, within } from './elements.ts';
import { burntIn, drawPicture } from './pictures.ts';
import type { Page, Shown } from './reply.ts';
import { dateWords, dayWords, labelOf } from './words.ts';

/** More are shown as small tiles, pictures or not. */
const MOST_SINGLES = 4;

export interface TileActions {
  open(index: number): void;
  choice: Choice;
  locale(): string | undefined;
}

export class Tiles {
  readonly #list = byId('tiles', HTMLUListElement);
  readonly #template = byId('tile', HTMLTemplateElement);
  readonly #actions: TileActions;
  #items: readonly Shown[] = [];
  #tiles: HTMLElement[] = [];
  /** Where choosing a range begins. */
  #anchor = 0;

  constructor(actions: TileActions) {
    this.#actions = actions;
    this.#list.addEventListener('keydown', (event) => this.#onKey(event));
  }

  show(page: Page): void {
    this.#items = page.items;
    this.#anchor = 0;
    this.#tiles = page.items.map((item, index) => this.#tile(page, item, index));
    const isSheet = page.items.length > MOST_SINGLES || page.items.some(({ picture }) => picture?.cut);
    this.#list.className = isSheet ? 'sheet' : 'singles';
    this.#list.replaceChildren(...this.#tiles);
    this.#list.scrollTop = 0;
    this.#makeCurrent(0);
  }

  /** Checks what is chosen and unchecks what is not. */
  mark(): void {
    for (const [index, tile] of this.#tiles.entries()) {
      const chosen = this.#actions.choice.has(this.#items[index] ?? {});
      tile.classList.toggle('chosen', chosen);
      boxOf(tile).checked = chosen;
    }
    this.#list.classList.toggle('choosing', this.#actions.choice.size > 0);
  }

  focus(index: number): void {
    this.#makeCurrent(index);
    const tile = this.#tiles[index];
    if (tile) openerOf(tile).focus();
  }

  #tile(page: Page, item: Shown, index: number): HTMLElement {
    const tile = within(this.#template.content.cloneNode(true) as DocumentFragment, '.tile', HTMLLIElement);
    const opener = openerOf(tile);
    const box = boxOf(tile);
    const picture = drawPicture(page, item);
    opener.prepend(...(picture ? [picture] : []));
    tile.classList.toggle('missing', picture === undefined);
    opener.setAttribute('aria-label', labelOf(item, this.#actions.locale()));
    opener.addEventListener('click', () => this.#actions.open(index));
    tile.style.setProperty('--ratio', String(item.width && item.height ? item.width / item.height : 4 / 3));
    within(tile, '.video', SVGElement).toggleAttribute('hidden', item.type !== 'video');
    this.#number(tile, item);
    within(tile, '.name', HTMLElement).textContent = item.filename ?? '';
    within(tile, '.name', HTMLElement).title = item.filename ?? '';
    within(tile, '.date', HTMLElement).textContent = (item.picture?.cut ? dayWords : dateWords)(
      item.creationTime,
      this.#actions.locale(),
    );
    within(tile, '.description', HTMLElement).textContent = item.description ?? '';
    within(tile, '.choose span', HTMLElement).textContent = `Choose ${item.reference}`;
    box.addEventListener('click', ({ shiftKey }) => this.#choose(index, box.checked, shiftKey));
    return tile;
  }

  #number(tile: HTMLElement, item: Shown): void {
    const badge = within(tile, '.badge', HTMLElement);
    const { width, height } = burntIn(item);
    badge.textContent = item.n === undefined ? '' : `#${item.n}`;
    badge.style.setProperty('--burnt-width', `${width * 100}%`);
    badge.style.setProperty('--burnt-height', `${height * 100}%`);
    within(tile, '.choose', HTMLElement).hidden = item.reference === undefined;
  }

  #choose(index: number, chosen: boolean, range: boolean): void {
    const [from, to] = range ? [Math.min(this.#anchor, index), Math.max(this.#anchor, index)] : [index, index];
    this.#anchor = index;
    this.#makeCurrent(index);
    this.#actions.choice.set(this.#items.slice(from, to + 1), chosen);
  }

  #makeCurrent(current: number): void {
    for (const [index, tile] of this.#tiles.entries()) {
      openerOf(tile).tabIndex = index === current ? 0 : -1;
      boxOf(tile).tabIndex = index === current ? 0 : -1;
    }
  }

  #onKey(event: KeyboardEvent): void {
    const { key, target, altKey, ctrlKey, metaKey, shiftKey } = event;
    const current = this.#tiles.findIndex((tile) => target instanceof Node && tile.contains(target));
    if (current < 0 || altKey || ctrlKey || metaKey) return;
    if (key === 'x' || key === 'X') {
      this.#choose(current, !this.#actions.choice.has(this.#items[current] ?? {}), shiftKey);
      return;
    }
    const wanted = this.#destination(key, current);
    if (wanted === undefined) return;
    event.preventDefault();
    this.focus(wanted);
  }

  #destination(key: string, current: number): number | undefined {
    const last = this.#tiles.length - 1;
    const along = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: last }[key];
    if (along !== undefined) return Math.min(Math.max(along, 0), last);
    if (key === 'ArrowUp') return this.#neighbour(current, -1);
    if (key === 'ArrowDown') return this.#neighbour(current, 1);
    return undefined;
  }

  /** The tile nearest to this one in the row above or below, however the rows have come out. */
  #neighbour(current: number, direction: 1 | -1): number {
    const places = this.#tiles.map(({ offsetTop, offsetLeft, offsetWidth }, index) => ({
      index,
      top: offsetTop,
      middle: offsetLeft + offsetWidth / 2,
    }));
    const here = places[current];
    if (!here) return current;
    const beyond = places.filter(({ top }) => (top - here.top) * direction > 0);
    const row = Math.min(...beyond.map(({ top }) => top * direction));
    const [nearest] = beyond
      .filter(({ top }) => top * direction === row)
      .sort((a, b) => Math.abs(a.middle - here.middle) - Math.abs(b.middle - here.middle));
    return nearest?.index ?? current;
  }
}

const openerOf = (tile: HTMLElement): HTMLButtonElement => within(tile, '.open', HTMLButtonElement);
const boxOf = (tile: HTMLElement): HTMLInputElement => within(tile, 'input', HTMLInputElement);
