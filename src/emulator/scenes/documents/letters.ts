/** Written and printed sheets: a letter with its envelope, a document. */
import { table } from '../backdrops/rooms.ts';
import { circle, group, line, num, path, polygon, rect, stroke, text, times } from '../svg.ts';
import type { DocumentDrawing, View } from '../view.ts';
import { onTable } from './on-table.ts';

const GREETINGS = ['Dear Nora,', 'Dear grandma,', 'My dear friend,', 'Dear all,'] as const;

/** Lines of handwriting: wavy strokes of uneven length. */
function handwriting(view: View, x: number, y: number, width: number, rows: number, gap: number): string {
  const { random } = view;
  return times(rows, (row) => {
    const end = row === rows - 1 ? width * 0.45 : width * random.between(0.82, 1);
    let d = `M${num(x)} ${num(y + row * gap)}`;
    for (let at = 0; at < end; at += 3.4)
      d += random.chance(0.16) ? 'm2.2 0' : `q.8 ${num(random.between(-3, -1.4))} 1.7 0t1.7 0`;
    return stroke(d, '#26418f', 0.75);
  });
}

/** A handwritten sheet half over an envelope with a stamp. */
export const letter: DocumentDrawing = (view) => {
  const { random } = view;
  const envelope = group(
    `translate(16 -14) rotate(${num(random.between(6, 13))})`,
    rect(-46, -30, 92, 60, '#e9cf9c'),
    rect(-46, -30, 92, 60, 'none', { stroke: '#b8935a', 'stroke-width': 0.8 }),
    polygon(
      [
        [-46, -30],
        [46, -30],
        [0, 6],
      ],
      '#dcbc82',
    ),
    stroke('M-46 -30L0 6L46 -30', '#b8935a', 0.8),
    rect(28, -26, 13, 16, '#ffffff'),
    rect(29.4, -24.6, 10.2, 13.2, random.pick(['#d8433f', '#2f7fb8', '#3f9f74'])),
    circle(34.5, -18, 3.4, '#fff3d6'),
    times(3, (index) => stroke(`M12 ${-24 + index * 3}q3 -2 6 0t6 0t6 0`, '#55606c', 0.7)),
  );
  const sheet = group(
    `translate(-12 8) rotate(${num(random.between(-8, -3))})`,
    rect(-35, -41, 74, 90, '#1a100a', { opacity: 0.25 }),
    rect(-37, -44, 74, 90, '#fdf6e3'),
    text(-30, -32, random.pick(GREETINGS), { size: 6.6, fill: '#26418f', weight: 700 }),
    handwriting(view, -30, -22, 60, 8, 6.6),
    text(30, 39, 'Love, Clara', { size: 6, fill: '#26418f', weight: 700, anchor: 'end' }),
  );
  const pen = group(
    'translate(40 34) rotate(38)',
    rect(-20, -1.6, 34, 3.2, '#23305a', { rx: 1.6 }),
    path('M14 -1.6l7 1.6l-7 1.6z', '#d9ae4a'),
  );
  return table.draw(view) + onTable(view, 112, 100, 14, envelope, sheet, pen);
};

const TITLES = ['INVOICE', 'RENTAL AGREEMENT', 'CERTIFICATE', 'WARRANTY', 'TAX NOTICE'] as const;

/** A printed page with a heading, paragraphs, a table, a stamp. */
export const printed: DocumentDrawing = (view) => {
  const { random } = view;
  const accent = random.pick(['#2f5fa8', '#a8342c', '#3f7f5f', '#5a4a8f']);
  const paragraph = (y: number, rows: number) =>
    times(rows, (row) => rect(-29, y + row * 3.6, row === rows - 1 ? 30 : 58 - random.between(0, 4), 1.3, '#8f939b'));
  const grid =
    rect(-29, 10, 58, 5, accent, { opacity: 0.85 }) +
    times(
      4,
      (index) =>
        line(-29, 20 + index * 5, 29, 20 + index * 5, '#c3c7cf', 0.5) +
        rect(-27, 16.6 + index * 5, 18, 1.4, '#8f939b') +
        rect(14, 16.6 + index * 5, 12, 1.4, '#5f636b'),
    );
  const stamp = group(
    'translate(17 41) rotate(-16)',
    circle(0, 0, 8, 'none', { stroke: '#b8343a', 'stroke-width': 1.2, opacity: 0.8 }),
    circle(0, 0, 6.2, 'none', { stroke: '#b8343a', 'stroke-width': 0.5, opacity: 0.8 }),
    text(0, 1.6, 'PAID', { size: 4.4, weight: 700, fill: '#b8343a', anchor: 'middle' }),
  );
  return (
    table.draw(view) +
    onTable(
      view,
      74,
      100,
      6,
      rect(-33, -46, 70, 98, '#1a100a', { opacity: 0.25 }),
      rect(-35, -49, 70, 98, '#ffffff'),
      rect(-29, -43, 9, 9, accent, { rx: 2 }),
      text(-17, -36, random.pick(TITLES), { size: 5.4, weight: 700, fill: '#23262c' }),
      text(29, -27, `No. 20${random.whole(23, 25)}-${random.whole(100, 999)}`, {
        size: 3.6,
        fill: '#5f636b',
        anchor: 'end',
      }),
      paragraph(-21, 4),
      paragraph(-3, 3),
      grid,
      stroke('M-27 43q4 -7 6 0t5 -3t4 3t7 -2', '#26418f', 0.9),
      stamp,
    )
  );
};
