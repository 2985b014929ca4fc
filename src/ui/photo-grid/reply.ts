/** What `media_view` says to this page: the shape of `_meta`, and a reply made safe to draw. */

/** A tile of a contact sheet, in pixels of the sheet. */
export interface Cut {
  x: number;
  y: number;
  edge: number;
  /** Width and height of the number that is burnt into the tile's upper left corner. */
  label: [width: number, height: number];
}

/** One photo or video of a `media_view` reply, in `_meta.items`. */
export interface GridItem {
  /** Its position in the result. */
  n: number;
  filename: string;
  type: 'photo' | 'video';
  /** RFC 3339. */
  creationTime?: string;
  /** Pixels. */
  width?: number;
  height?: number;
  description?: string;
  /** The item in Google Photos. */
  productUrl?: string;
  /** Which of the reply's images shows it, and where; absent when no picture was to be had. */
  picture?: { image: number; cut?: Cut };
}

export interface GridMeta {
  result: string;
  items: GridItem[];
}

/** An item that can be drawn. Without a reference it is a picture of which the reply says nothing. */
export interface Shown extends Partial<GridItem> {
  reference?: string;
  result?: string;
}

export interface Page {
  items: Shown[];
  /** `data:` URLs, in the order of the reply. */
  images: string[];
  /** Reference of what comes after this page. */
  next?: string;
  /** The reply in words: why there is nothing to see, when there is nothing. */
  text: string;
  isError: boolean;
}

type Json = Record<string, unknown>;

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** Reads a tool result as a host hands it on. Whatever is missing or malformed is left out, never an error. */
export function toPage(result: unknown): Page {
  const { content, structuredContent, _meta, isError } = object(result);
  const blocks = list(content).map(object);
  const images = blocks.filter(({ type }) => type === 'image').flatMap(toDataUrl);
  const described = itemsOf(object(_meta));
  return {
    items: described.length > 0 ? described : images.map((_, image) => ({ picture: { image } })),
    images,
    next: text(object(structuredContent).next),
    text: blocks.flatMap((block) => (block.type === 'text' ? (text(block.text) ?? []) : [])).join('\n'),
    isError: isError === true,
  };
}

function toDataUrl({ data, mimeType }: Json): string[] {
  const isPicture = /^image\/(jpeg|png|webp|gif)$/.test(String(mimeType));
  return isPicture && typeof data === 'string' ? [`data:${mimeType};base64,${data}`] : [];
}

function itemsOf({ result, items }: Json): Shown[] {
  const name = text(result);
  return list(items).map((value) => {
    const item = object(value);
    const n = count(item.n);
    return {
      n,
      result: name,
      reference: name === undefined || n === undefined ? undefined : `${name}#${n}`,
      filename: text(item.filename),
      type: item.type === 'video' ? 'video' : 'photo',
      creationTime: text(item.creationTime),
      width: count(item.width),
      height: count(item.height),
      description: text(item.description),
      productUrl: webAddress(item.productUrl),
      picture: pictureOf(object(item.picture)),
    };
  });
}

function pictureOf({ image, cut }: Json): Shown['picture'] {
  const index = count(image);
  if (index === undefined) return undefined;
  const { x, y, edge, label } = object(cut);
  const [width = 0, height = 0] = list(label).map((each) => count(each) ?? 0);
  const numbers = [count(x), count(y), count(edge)];
  const [left, top, size] = numbers;
  if (left === undefined || top === undefined || !size) return { image: index };
  return { image: index, cut: { x: left, y: top, edge: size, label: [width, height] } };
}

/** A link that only leads to the web, whatever stood there. */
function webAddress(value: unknown): string | undefined {
  const address = text(value);
  return address !== undefined && /^https?:\/\//i.test(address) && URL.canParse(address) ? address : undefined;
}
