/** A till receipt on a table, with a shop, lines and a total that add up. */
import { table } from '../backdrops/rooms.ts';
import { line, polygon, rect, text, times } from '../svg.ts';
import type { DocumentDrawing, View } from '../view.ts';
import { onTable } from './on-table.ts';

const SHOPS: readonly [Shop, ...Shop[]] = [
  {
    name: 'CAFE CENTRAL',
    place: 'Rua Augusta 24',
    goods: ['Espresso', 'Pastel de nata', 'Orange juice', 'Toast', 'Mineral water', 'Galao'],
  },
  {
    name: 'GREEN MARKET',
    place: 'Mill Street 8',
    goods: ['Tomatoes', 'Bread', 'Olive oil', 'Butter', 'Apples 1 kg', 'Milk', 'Eggs x10'],
  },
  {
    name: 'HARDWARE & CO',
    place: 'Station Road 102',
    goods: ['Screws 4x40', 'Wall paint', 'Brush set', 'Drill bit', 'Tape', 'LED bulb'],
  },
  {
    name: 'BOOKS & PAPER',
    place: 'Old Town 3',
    goods: ['Travel guide', 'Notebook', 'Ink pens', 'Postcards', 'Gift wrap'],
  },
  {
    name: 'TRATTORIA ROSA',
    place: 'Harbour 11',
    goods: ['Margherita', 'Lasagne', 'House wine', 'Tiramisu', 'Water 0.7', 'Espresso'],
  },
  { name: 'PET PALACE', place: 'Park Avenue 51', goods: ['Dog food 5 kg', 'Chew bone', 'Leash', 'Treats', 'Shampoo'] },
];

interface Shop {
  name: string;
  place: string;
  goods: readonly string[];
}

const money = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

export const receipt: DocumentDrawing = (view) => table.draw(view) + onTable(view, 64, 130, 13, slip(view));

/** 62 by 124 units around (0, 0). */
function slip(view: View): string {
  const { random } = view;
  const shop = random.pick(SHOPS);
  const goods = shop.goods.slice(random.whole(0, 1));
  const prices = goods.map(() => random.whole(12, 240) * 10 - random.pick([0, 1, 5]));
  const total = prices.reduce((sum, price) => sum + price, 0);
  const teeth = Array.from({ length: 31 }, (_, index) => [31 - index * 2 - 1, index % 2 ? 60 : 62] as const);
  const paper = polygon([[-31, -61], [31, -61], ...teeth, [-31, 60]], '#fdfcf7');
  const shadow = rect(-29, -58, 64, 122, '#1a100a', { opacity: 0.28 });
  const rows = goods.map((name, index) => {
    const y = -25 + index * 7.4;
    return (
      text(-26, y, name, { size: 5.4, fill: '#2b2b30' }) +
      text(26, y, money(prices[index] ?? 0), { size: 5.4, fill: '#2b2b30', anchor: 'end' })
    );
  });
  const foot = -25 + goods.length * 7.4;
  const sum =
    line(-26, foot - 2.6, 26, foot - 2.6, '#2b2b30', 0.6) +
    text(-26, foot + 6, 'TOTAL', { size: 7, weight: 700, fill: '#141418' }) +
    text(26, foot + 6, `€ ${money(total)}`, { size: 7, weight: 700, fill: '#141418', anchor: 'end' });
  const bars = times(34, (index) =>
    rect(-25 + index * 1.5, 44, [0.5, 1, 0.7, 0.3][(index * 7 + random.whole(0, 3)) % 4] ?? 0.5, 10, '#1a1a1e'),
  );
  const header =
    text(0, -49, shop.name, { size: 6.2, weight: 700, fill: '#141418', anchor: 'middle' }) +
    text(0, -42.4, shop.place, { size: 4.6, fill: '#55555c', anchor: 'middle' }) +
    text(0, -36.4, `No. ${random.whole(1000, 9999)}   ${random.whole(8, 21)}:${String(random.whole(10, 59))}`, {
      size: 4.4,
      fill: '#55555c',
      anchor: 'middle',
    });
  const thanks = text(0, 40, 'Thank you!', { size: 4.8, fill: '#55555c', anchor: 'middle' });
  return (
    shadow +
    paper +
    header +
    line(-26, -33, 26, -33, '#2b2b30', 0.5, { 'stroke-dasharray': '1.6 1.4' }) +
    rows.join('') +
    sum +
    thanks +
    bars
  );
}
