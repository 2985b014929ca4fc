/** The photos, day by day. One tile is in the tab order; arrows move, Space chooses, Shift extends from the last one. */
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export class Grid {
  /**
   * @param {HTMLElement} root
   * @param {import('./picker-selection.client.js').Selection} selection
   * @param {(id: string) => string} thumbnail
   */
  constructor(root, selection, thumbnail) {
    this.root = root;
    this.selection = selection;
    this.thumbnail = thumbnail;
    /** The checkboxes, in order. @type {HTMLInputElement[]} */
    this.tiles = [];
    /** Where Shift extends from. @type {HTMLInputElement | undefined} */
    this.anchor = undefined;
    root.addEventListener('click', (event) => this.#clicked(event));
    root.addEventListener('keydown', (event) => this.#pressed(event));
    root.addEventListener('focusin', (event) => this.#focused(event));
    selection.addEventListener('change', () => this.refresh());
  }

  clear() {
    this.root.replaceChildren();
    this.tiles = [];
    this.anchor = undefined;
  }

  /** @param {{ id: string, time: string, label: string, seconds?: number }[]} items newest first */
  add(items) {
    for (const item of items) {
      const tile = this.#tile(item);
      this.#day(item.time.slice(0, 10)).append(tile);
      this.tiles.push(tile.querySelector('input'));
    }
    if (this.tiles[0] && !this.root.querySelector('input[tabindex="0"]')) this.tiles[0].tabIndex = 0;
    this.refresh();
  }

  refresh() {
    for (const tile of this.tiles) tile.checked = this.selection.has(idOf(tile));
    for (const day of this.root.querySelectorAll('.day')) {
      const isWhole = idsIn(day).every((id) => this.selection.has(id));
      const button = day.querySelector('.all');
      button.textContent = isWhole ? 'Deselect all' : 'Select all';
      button.setAttribute('aria-label', `${button.textContent}, ${day.querySelector('h2').textContent}`);
    }
  }

  #day(day) {
    const last = this.root.lastElementChild;
    if (last?.dataset.day === day) return last.querySelector('.grid');
    const section = clone('day');
    const heading = section.querySelector('h2');
    section.dataset.day = day;
    heading.textContent = dayFormat.format(new Date(`${day}T00:00:00Z`));
    heading.id = `day-${day}`;
    section.setAttribute('aria-labelledby', heading.id);
    this.root.append(section);
    return section.querySelector('.grid');
  }

  #tile({ id, time, label, seconds }) {
    const tile = clone('tile');
    const kind = seconds === undefined ? 'photo' : 'video';
    const box = tile.querySelector('input');
    box.dataset.id = id;
    box.title = label;
    box.setAttribute('aria-label', `${label}, ${kind}, ${timeFormat.format(new Date(time))}`);
    tile.querySelector('img').src = this.thumbnail(id);
    const film = tile.querySelector('.film');
    film.hidden = seconds === undefined;
    if (seconds !== undefined)
      film.textContent = `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`;
    return tile;
  }

  #clicked(event) {
    const all = event.target.closest('.all');
    if (all) {
      const ids = idsIn(all.closest('.day'));
      this.selection.set(ids, !ids.every((id) => this.selection.has(id)));
      return;
    }
    const tile = event.target.closest('input');
    if (!tile) return;
    if (event.shiftKey && this.anchor) this.#extend(tile);
    else this.#toggle(tile);
  }

  #toggle(tile) {
    this.anchor = tile;
    this.selection.set([idOf(tile)], !this.selection.has(idOf(tile)));
  }

  /** From the anchor to here: all become what the anchor is. */
  #extend(tile) {
    const [from, to] = [this.tiles.indexOf(this.anchor), this.tiles.indexOf(tile)];
    const between = this.tiles.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.selection.set((from > to ? between.reverse() : between).map(idOf), this.selection.has(idOf(this.anchor)));
  }

  #pressed(event) {
    const tile = event.target.closest('input');
    const next = tile && this.#neighbour(tile, event.key, event.ctrlKey || event.metaKey);
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) {
      this.anchor ??= tile;
      if (!this.selection.has(idOf(this.anchor))) this.selection.set([idOf(this.anchor)], true);
      this.#extend(next);
    }
    next.focus();
  }

  #neighbour(tile, key, isFar) {
    const at = this.tiles.indexOf(tile);
    if (key === 'ArrowLeft') return this.tiles[at - 1];
    if (key === 'ArrowRight') return this.tiles[at + 1];
    if (key === 'Home') return isFar ? this.tiles[0] : firstOfRow(this.tiles, at, -1);
    if (key === 'End') return isFar ? this.tiles.at(-1) : firstOfRow(this.tiles, at, 1);
    if (key === 'ArrowUp') return this.#inNextRow(at, -1);
    if (key === 'ArrowDown') return this.#inNextRow(at, 1);
    return undefined;
  }

  /** The tile of the next row that stands nearest to the same column; rows of other days may be shorter. */
  #inNextRow(at, step) {
    const from = this.tiles[at];
    let best;
    for (let index = at + step; this.tiles[index]; index += step) {
      const candidate = this.tiles[index];
      if (isSameRow(candidate, from)) continue;
      if (best && !isSameRow(candidate, best)) break;
      if (!best || distance(candidate, from) < distance(best, from)) best = candidate;
    }
    return best;
  }

  #focused(event) {
    const tile = event.target.closest('input');
    if (!tile) return;
    for (const other of this.root.querySelectorAll('input[tabindex="0"]')) other.tabIndex = -1;
    tile.tabIndex = 0;
  }
}

const idOf = (tile) => tile.dataset.id;
const idsIn = (day) => [...day.querySelectorAll('input')].map(idOf);
const clone = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);
const isSameRow = (a, b) => Math.abs(a.getBoundingClientRect().top - b.getBoundingClientRect().top) < 1;
/** Between columns. */
const distance = (a, b) => Math.abs(a.getBoundingClientRect().left - b.getBoundingClientRect().left);

function firstOfRow(tiles, at, step) {
  let found = tiles[at];
  for (let index = at + step; tiles[index] && isSameRow(tiles[index], tiles[at]); index += step) found = tiles[index];
  return found;
}
