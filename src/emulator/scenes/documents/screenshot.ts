/** What a phone's screen shows: a chat, a map, the weather, a ticket. Wide frames show the same in a browser window. */
import { createRandom } from '../random.ts';
import { circle, down, group, line, num, path, rect, stroke, text, times } from '../svg.ts';
import type { DocumentDrawing, View } from '../view.ts';

interface Screen {
  /** `height` units high, 100 wide. */
  draw(view: View, height: number): string;
  bar: string;
}

const TALK = [
  ['Dinner at eight?', 'Yes! The usual place', 'I will bring Luna', 'She gets the corner table'],
  ['Train leaves 9:42', 'Platform 7', 'Got the tickets', 'See you there!'],
  ['Happy birthday!!', 'Thank you so much', 'Cake on Saturday', 'Counting on it'],
  ['Look at this view', 'Wow, where is that?', 'Lisbon, day two', 'So jealous'],
] as const;

const chat: Screen = {
  bar: '#f6f7f9',
  draw(view, height) {
    const { random } = view;
    const words = random.pick(TALK);
    const bubbles = times(Math.max(4, Math.floor((height - 62) / 22)), (index) => {
      const mine = index % 2 === 1;
      const said = words[index % words.length] ?? '';
      const width = Math.max(34, said.length * 3.3 + 12);
      const x = mine ? 95 - width : 5;
      const y = 36 + index * 22;
      return (
        rect(x, y, width, 16, mine ? '#2f7ff0' : '#e6e8ec', { rx: 8 }) +
        text(x + 6, y + 10.2, said, { size: 6, fill: mine ? '#ffffff' : '#23262c' })
      );
    });
    const header =
      rect(0, 10, 100, 20, '#f6f7f9') +
      circle(16, 20, 6.4, random.pick(['#e8788a', '#8fc3d6', '#f0b93a'])) +
      text(27, 22.4, random.pick(['Nora', 'Mum', 'Tom', 'Clara & Ben']), { size: 7.4, weight: 700, fill: '#23262c' }) +
      line(0, 30, 100, 30, '#d5d8dd', 0.6);
    const entry = rect(5, height - 18, 78, 12, '#eef0f3', { rx: 6 }) + circle(91, height - 12, 5.6, '#2f7ff0');
    return rect(0, 0, 100, height, '#ffffff') + header + bubbles + entry;
  },
};

const map: Screen = {
  bar: '#eae6dc',
  draw(view, height) {
    const { random } = view;
    const blocks = times(Math.ceil(height / 24) * 4, (index) =>
      rect(
        (index % 4) * 27 - 4 + random.between(-2, 2),
        Math.floor(index / 4) * 24 + 6,
        22,
        19,
        random.chance(0.16) ? '#bfe0b0' : '#efeae0',
      ),
    );
    const river = stroke(
      `M-8 ${num(height * 0.72)}Q30 ${num(height * 0.58)} 52 ${num(height * 0.66)}T112 ${num(height * 0.5)}`,
      '#9fd0ec',
      13,
    );
    const route = stroke(
      `M20 ${num(height * 0.8)}V${num(height * 0.56)}L48 ${num(height * 0.5)}V${num(height * 0.34)}L74 ${num(height * 0.28)}`,
      '#2f6ff0',
      4.4,
    );
    const pin =
      path(`M74 ${num(height * 0.28)}q-9 -11 -9 -17a9 9 0 0 1 18 0q0 6 -9 17z`, '#e0413e') +
      circle(74, height * 0.28 - 17, 3.4, '#ffffff');
    const search =
      rect(6, 13, 88, 15, '#ffffff', { rx: 7.5 }) +
      text(15, 22.8, random.pick(['Miradouro da Graça', 'Central station', 'Fushimi Inari', 'Airport']), {
        size: 6.4,
        fill: '#33363d',
      });
    const card =
      rect(0, height - 34, 100, 36, '#ffffff', { rx: 6 }) +
      text(8, height - 19, `${random.whole(8, 38)} min`, { size: 10, weight: 700, fill: '#1f8f4f' }) +
      text(8, height - 9, `${random.whole(1, 9)}.${random.whole(1, 9)} km · on foot`, { size: 5.6, fill: '#5f636b' }) +
      rect(66, height - 27, 26, 13, '#2f6ff0', { rx: 6.5 }) +
      text(79, height - 18, 'Start', { size: 6.2, weight: 700, fill: '#ffffff', anchor: 'middle' });
    return (
      rect(0, 0, 100, height, '#fbf8f0') +
      blocks +
      river +
      route +
      circle(20, height * 0.8, 4, '#ffffff', { stroke: '#2f6ff0', 'stroke-width': 2.4 }) +
      pin +
      search +
      card
    );
  },
};

const weather: Screen = {
  bar: '#3f8fe0',
  draw(view, height) {
    const { random } = view;
    const degrees = random.whole(17, 33);
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const rows = times(Math.min(7, Math.floor((height - 110) / 13)), (index) => {
      const y = 116 + index * 13;
      return (
        text(12, y, days[index] ?? '', { size: 6.4, fill: '#ffffff' }) +
        circle(46, y - 2, 3.4, '#ffd84a') +
        text(88, y, `${degrees - 3 + random.whole(0, 6)}°`, { size: 6.4, weight: 700, fill: '#ffffff', anchor: 'end' })
      );
    });
    const sun =
      circle(50, 88, 9, '#ffd84a') +
      times(8, (index) =>
        line(
          50 + Math.cos(index * 0.785) * 11.5,
          88 + Math.sin(index * 0.785) * 11.5,
          50 + Math.cos(index * 0.785) * 14.5,
          88 + Math.sin(index * 0.785) * 14.5,
          '#ffd84a',
          1.6,
        ),
      );
    return (
      rect(0, 0, 100, height, down('#2f7fd8', '#6fb5f0')) +
      text(50, 32, random.pick(['Lisbon', 'Kyoto', 'Home', 'Innsbruck']), {
        size: 10,
        fill: '#ffffff',
        anchor: 'middle',
      }) +
      text(50, 64, `${degrees}°`, { size: 30, weight: 700, fill: '#ffffff', anchor: 'middle' }) +
      sun +
      rect(6, 106, 88, height - 112, '#ffffff', { rx: 7, opacity: 0.16 }) +
      rows
    );
  },
};

const ticket: Screen = {
  bar: '#23305a',
  draw(view, height) {
    const { random } = view;
    const [from, to] = random.pick([
      ['BER', 'LIS'],
      ['LIS', 'BER'],
      ['FRA', 'KIX'],
      ['KIX', 'FRA'],
      ['MUC', 'INN'],
    ] as const);
    const top = height * 0.12;
    const cells = times(121, (index) =>
      (index * 7919 + random.whole(0, 3)) % 5 < 2
        ? rect(29 + (index % 11) * 3.9, top + 74 + Math.floor(index / 11) * 3.9, 3.9, 3.9, '#16181d')
        : '',
    );
    const eye = (x: number, y: number) =>
      rect(x, y, 11.7, 11.7, '#16181d') +
      rect(x + 2, y + 2, 7.7, 7.7, '#ffffff') +
      rect(x + 4, y + 4, 3.7, 3.7, '#16181d');
    const field = (x: number, y: number, name: string, value: string) =>
      text(x, y, name, { size: 4.6, fill: '#8a8f99' }) +
      text(x, y + 8, value, { size: 7.4, weight: 700, fill: '#23262c' });
    const card =
      rect(7, top, 86, 124, '#ffffff', { rx: 6 }) +
      rect(7, top, 86, 15, '#e0503a', { rx: 6 }) +
      rect(7, top + 8, 86, 7, '#e0503a') +
      text(14, top + 10.4, 'Boarding pass', { size: 6.4, weight: 700, fill: '#ffffff' });
    return (
      rect(0, 0, 100, height, '#23305a') +
      card +
      text(14, top + 36, from, { size: 17, weight: 700, fill: '#23262c' }) +
      text(86, top + 36, to, { size: 17, weight: 700, fill: '#23262c', anchor: 'end' }) +
      stroke(`M47 ${num(top + 30)}h8m-3 -3l3 3l-3 3`, '#e0503a', 1.4) +
      field(14, top + 48, 'GATE', `${random.pick(['A', 'B', 'C'])}${random.whole(10, 49)}`) +
      field(44, top + 48, 'SEAT', `${random.whole(7, 33)}${random.pick(['A', 'F'])}`) +
      field(70, top + 48, 'TIME', `${random.whole(10, 21)}:${random.whole(10, 59)}`) +
      rect(27, top + 72, 46, 46, '#ffffff') +
      cells +
      eye(29, top + 74) +
      eye(60.2, top + 74) +
      eye(29, top + 105.2)
    );
  },
};

const SCREENS: Readonly<Record<string, Screen>> = { chat, map, weather, ticket };

function statusBar(bar: string, random: View['random']): string {
  const dark = bar.startsWith('#f') || bar.startsWith('#e');
  const ink = dark ? '#23262c' : '#ffffff';
  return (
    rect(0, 0, 100, 10, bar) +
    text(7, 7, `${random.whole(7, 22)}:${random.whole(10, 59)}`, { size: 5, weight: 700, fill: ink }) +
    rect(82, 3.2, 9, 4.4, 'none', { rx: 1.2, stroke: ink, 'stroke-width': 0.7 }) +
    rect(83, 4.2, 5.6, 2.4, ink, { rx: 0.6 }) +
    times(3, (index) => rect(73 + index * 2.4, 7.4 - index * 1.5, 1.6, 1 + index * 1.5, ink))
  );
}

export const screenshot: DocumentDrawing = (view) => {
  const { w, h, words } = view;
  const named = Object.keys(SCREENS).find((name) => words.has(name));
  const screen = SCREENS[named ?? view.random.pick(['chat', 'map', 'weather', 'chat', 'ticket'])] ?? chat;
  if (h >= w)
    return group(`scale(${num(w / 100)})`, screen.draw(view, (h * 100) / w), statusBar(screen.bar, view.random));
  const page = group(
    `translate(${num(w / 2 - 50)} 12)`,
    screen.draw({ ...view, random: createRandom(view.random.whole(0, 1e9)) }, Math.max(150, h - 12)),
  );
  const tabs =
    rect(0, 0, w, 12, '#dfe2e7') +
    [5, 11, 17].map((x, index) => circle(x, 6, 2, ['#ef6a5e', '#f4be4f', '#61c554'][index] ?? '#999999')).join('') +
    rect(26, 2.6, w - 34, 6.8, '#ffffff', { rx: 3.4 });
  return rect(0, 0, w, h, '#eceef2') + page + tabs;
};
