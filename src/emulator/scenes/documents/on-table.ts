/** How a sheet lies on a table: never quite straight, never quite in the middle, so that two receipts are two pictures. */
import { group, num } from '../svg.ts';
import type { View } from '../view.ts';

/** @param width @param height of what is drawn around (0, 0), in its own units. @param tilt degrees at most. */
export function onTable(view: View, width: number, height: number, tilt: number, ...drawing: string[]): string {
  const { w, h, random } = view;
  const scale = Math.min((w * 0.94) / width, (h * 0.98) / height) * random.between(0.8, 1);
  const x = w / 2 + (w - Math.min(w, width * scale)) * random.between(-0.3, 0.3);
  const y = h / 2 + random.between(-4, 4);
  const turn = `rotate(${num(random.between(-tilt, tilt))}) scale(${num(scale)})`;
  return group(`translate(${num(x)} ${num(y)}) ${turn}`, ...drawing);
}
