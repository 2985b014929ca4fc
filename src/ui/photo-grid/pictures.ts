/** Pictures of items, from the images that the reply carried. */
import type { Page, Shown } from './reply.ts';

/** The picture of one item: the whole image, or its tile of a contact sheet. Undefined when the reply has none of it. */
export function drawPicture(page: Page, { picture }: Shown): HTMLElement | undefined {
  const source = picture && page.images[picture.image];
  if (picture === undefined || source === undefined) return undefined;
  if (!picture.cut) return wholeImage(source);
  const { x, y, edge } = picture.cut;
  const canvas = document.createElement('canvas');
  canvas.width = edge;
  canvas.height = edge;
  const image = wholeImage(source);
  image.addEventListener('load', () => {
    canvas.getContext('2d')?.drawImage(image, x, y, edge, edge, 0, 0, edge, edge);
  });
  return canvas;
}

/** Described by the button or the heading it stands with. */
export function wholeImage(source: string): HTMLImageElement {
  const image = document.createElement('img');
  image.alt = '';
  image.src = source;
  return image;
}

/** How wide and high the number is that a tile carries, as parts of its edge: ours is laid over it. */
export function burntIn({ picture }: Shown): { width: number; height: number } {
  if (!picture?.cut) return { width: 0, height: 0 };
  const [width, height] = picture.cut.label;
  return { width: width / picture.cut.edge, height: height / picture.cut.edge };
}
