/** The picker page: loads photos as they are scrolled to, searches, counts, and says Done. */
import { Grid } from './picker-grid.client.js';
import { Selection } from './picker-selection.client.js';

const { session, max, expiresIn, autoclose } = document.body.dataset;
const base = `/picker/${session}`;
const element = (id) => document.getElementById(id);
const selection = new Selection(Number(max));
const grid = new Grid(element('days'), selection, (id) => `${base}/thumbs/${id}`);

/** What is shown: the search, where to go on, and whether a request is under way. */
let view = { text: '', next: '', isLoading: false, found: 0 };

async function load(own) {
  if (own.isLoading || own.next === undefined) return;
  own.isLoading = true;
  const query = new URLSearchParams({ q: own.text, after: own.next });
  try {
    const response = await fetch(`${base}/items?${query}`);
    if (own !== view) return;
    if (!response.ok) return over(response.status);
    const { items, next } = await response.json();
    if (own !== view) return;
    own.next = next;
    own.found += items.length;
    grid.add(items);
    describe(own);
  } catch {
    say('The emulator does not answer. Is it still running?');
    own.next = undefined;
  } finally {
    own.isLoading = false;
    element('days').setAttribute('aria-busy', 'false');
  }
  if (own === view && own.next !== undefined && isEndNear()) load(own);
}

function describe({ text, next, found }) {
  const status = element('status');
  if (text === '') status.textContent = found === 0 && next === undefined ? 'There are no photos in this library.' : '';
  else if (found === 0 && next === undefined)
    status.textContent = `Nothing found for “${text}”. Try a date such as July 2024, a place, or what is in the picture.`;
  else status.textContent = `${found}${next === undefined ? '' : '+'} found for “${text}”`;
}

const isEndNear = () => element('more').getBoundingClientRect().top < innerHeight * 2;

function search(text) {
  if (text === view.text) return;
  view = { text, next: '', isLoading: false, found: 0 };
  grid.clear();
  element('status').textContent = '';
  element('days').setAttribute('aria-busy', 'true');
  scrollTo(0, 0);
  load(view);
}

let typing;
element('query').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => search(element('query').value.trim()), 250);
});
element('search').addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(typing);
  search(element('query').value.trim());
});

new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && load(view), {
  rootMargin: '100%',
}).observe(element('more'));

const number = (value) => value.toLocaleString('en-GB');

selection.addEventListener('change', () => {
  element('count').querySelector('strong').textContent = number(selection.size);
  element('clear').disabled = element('done').disabled = selection.size === 0;
});
selection.addEventListener('full', () =>
  say(`You can choose up to ${number(selection.max)} at a time. Let one go to choose another.`),
);
element('clear').addEventListener('click', () => selection.clear());

let hiding;
function say(text) {
  const message = element('message');
  message.textContent = text;
  message.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    message.hidden = true;
  }, 5000);
}

async function end(action, body, title, text) {
  element('done').disabled = element('cancel').disabled = true;
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${base}/${action}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.ok) return finish(title, text);
    over(response.status);
  } catch {
    element('cancel').disabled = false;
    element('done').disabled = selection.size === 0;
    say('The emulator does not answer. Is it still running?');
  }
}

element('done').addEventListener('click', () => {
  const count = `${number(selection.size)} ${selection.size === 1 ? 'photo' : 'photos'}`;
  end('done', { items: [...selection.ids] }, 'Done', `${count} shared. You can close this page and go back.`);
});
element('cancel').addEventListener('click', () =>
  end('cancel', {}, 'Nothing was shared', 'You can close this page and go back.'),
);

function over(status) {
  const isEnded = status === 410;
  finish(
    isEnded ? 'This page has been used' : 'This page has expired',
    'Go back to where the link came from and ask for a new one.',
    false,
  );
}

function finish(title, text, mayClose = true) {
  const finished = element('finished');
  finished.querySelector('h2').textContent = title;
  finished.querySelector('p').textContent = text;
  finished.hidden = false;
  for (const other of document.querySelectorAll('header, main, footer')) other.inert = true;
  finished.querySelector('h2').focus();
  document.title = `${title} – Google Photos emulator`;
  // Works only in a window that a link or a script has opened; otherwise the words above are enough.
  if (mayClose && autoclose !== undefined) window.close();
}

const endsAt = Date.now() + Number(expiresIn) * 1000;
function tick() {
  const left = endsAt - Date.now();
  if (left <= 0) return over(404);
  const ends = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(endsAt);
  element('expiry').textContent =
    left < 3_600_000 ? `Expires in ${Math.ceil(left / 60_000)} min` : `Open until ${ends}`;
  // setTimeout cannot wait for longer than 24 days.
  setTimeout(tick, Math.min(left + 50, 20_000));
}
tick();
load(view);
