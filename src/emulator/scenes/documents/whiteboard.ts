/** A whiteboard after a meeting: boxes, arrows, sticky notes, a list. */
import { circle, down, group, line, num, rect, stroke, text, times } from '../svg.ts';
import type { DocumentDrawing, View } from '../view.ts';

const TOPICS = [
  { title: 'Roadmap Q3', list: ['search', 'albums', 'sharing', 'mobile'] },
  { title: 'Kick-off', list: ['goals', 'budget', 'who?', 'risks'] },
  { title: 'Data model', list: ['user', 'item', 'album', 'event'] },
  { title: 'Retro', list: ['+ demo', '+ tests', '- builds', '! docs'] },
  { title: 'Moving house', list: ['boxes', 'van', 'keys', 'paint'] },
] as const;

const PENS = ['#c9302c', '#2456a6', '#2f7f4f', '#33363d'] as const;

const boxed = (x: number, y: number, width: number, name: string, pen: string) =>
  rect(x, y, width, 13, 'none', { rx: 2, stroke: pen, 'stroke-width': 1.1 }) +
  text(x + width / 2, y + 8.8, name, { size: 6, fill: pen, anchor: 'middle', weight: 700 });

function diagram(view: View, words: readonly string[]): string {
  const pen = view.random.pick(PENS);
  const arrow = (d: string) => stroke(d, '#33363d', 1);
  return (
    boxed(58, 26, 28, words[0] ?? '', pen) +
    boxed(96, 26, 28, words[1] ?? '', pen) +
    boxed(58, 54, 28, words[2] ?? '', pen) +
    boxed(96, 54, 28, words[3] ?? '', pen) +
    arrow('M86 32.5h10m-3 -2.5l3 2.5l-3 2.5') +
    arrow('M72 39v15m-2.5 -3l2.5 3l2.5 -3') +
    arrow('M86 60.5h10m-3 -2.5l3 2.5l-3 2.5') +
    arrow('M110 54v-15m-2.5 3l2.5 -3l2.5 3')
  );
}

function chart(view: View): string {
  const bars = times(5, (index) => {
    const tall = view.random.between(9, 36);
    return rect(66 + index * 11, 66 - tall, 7.4, tall, PENS[index % 3] ?? '#33363d', { opacity: 0.8 });
  });
  return stroke('M60 24V66H124', '#33363d', 1.3) + bars + stroke('M66 48L84 40L98 44L118 27m-5 0h5v5', '#c9302c', 1.4);
}

/** Drawn on 134 by 92 units. */
function board(view: View): string {
  const { random } = view;
  const topic = random.pick(TOPICS);
  const title =
    text(8, 14, topic.title, { size: 10, fill: random.pick(PENS), weight: 700 }) +
    stroke(`M8 17.4q${num(topic.title.length * 2.6)} 2.4 ${num(topic.title.length * 5.4)} 0`, '#c9302c', 1.2);
  const list = topic.list
    .map(
      (item, index) =>
        rect(9, 28 + index * 12, 5.4, 5.4, 'none', { stroke: '#33363d', 'stroke-width': 0.9 }) +
        (index < 2 ? stroke(`M10 ${num(30.6 + index * 12)}l2 2.4l4 -6`, '#2f7f4f', 1.2) : '') +
        text(19, 33.2 + index * 12, item, { size: 7, fill: '#2456a6' }),
    )
    .join('');
  const notes = times(3, (index) =>
    group(
      `translate(${num(90 + index * 15)} ${num(74 + (index % 2) * 3)}) rotate(${num(random.between(-9, 9))})`,
      rect(-6, -6, 12, 12, ['#f9e26a', '#f7a8b8', '#a8e0b8'][index] ?? '#f9e26a'),
      line(-4, -2, 4, -2, '#6b6a55', 0.6),
      line(-4, 1, 2, 1, '#6b6a55', 0.6),
    ),
  );
  const around = random.chance(0.5)
    ? stroke('M6 74q26 -7 50 2q2 9 -24 9t-26 -11', '#c9302c', 1) +
      text(12, 81.6, random.pick(['ship Friday!', 'ask Tom', 'next: 14:00']), { size: 6, fill: '#c9302c', weight: 700 })
    : '';
  return (
    rect(0, 0, 134, 92, down('#ffffff', '#eef2f4')) +
    title +
    list +
    (random.chance(0.5) ? diagram(view, topic.list) : chart(view)) +
    notes +
    around
  );
}

export const whiteboard: DocumentDrawing = (view) => {
  const { w, h, random } = view;
  const scale = Math.min((w * 0.94) / 134, (h * 0.84) / 92) * random.between(0.84, 1);
  const x = (w - 134 * scale) * random.between(0.3, 0.7);
  const y = (h * 0.96 - 92 * scale) * random.between(0.3, 0.7);
  const rail =
    rect(-1, 92, 136, 4.4, '#9aa2ab') +
    rect(30, 90.6, 14, 2.6, '#c9302c', { rx: 1.2 }) +
    rect(48, 90.6, 14, 2.6, '#2456a6', { rx: 1.2 }) +
    rect(100, 89, 14, 4, '#3f434b', { rx: 1 });
  const wall =
    rect(-w, -h, w * 3, h * 3, '#b9c0c6') +
    circle(w * 0.8, h * 0.1, 40, { kind: 'radial', stops: ['#ffffff', '#ffffff'], opacities: [0.35, 0] });
  return (
    wall +
    group(
      `translate(${num(x)} ${num(y)}) scale(${num(scale)})`,
      rect(-4, -4, 142, 100, '#7f868e', { rx: 2 }),
      board(view),
      rail,
    )
  );
};
