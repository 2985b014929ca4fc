/** Drawn pictures: a scene in, pixels out. */
import { sceneSvg } from '../scenes/compose.ts';
import { parseScene } from '../scenes/parse.ts';
import { compileWasm, once, readFont } from './modules.ts';
import { blur, enlarge, fitInside, type Pixels } from './pixels.ts';

export interface SceneRequest {
  /** A few plain words. */
  scene: string;
  /** See `seedOf`: a moment and, in its low four bits, a frame of it. */
  seed: number;
  width: number;
  height: number;
}

/** resvg dies on larger pictures, and a decoded picture of this size already takes 200 MB. */
const MOST_PIXELS = 50e6;
/** Blurred pictures are drawn at this size: the blur hides the detail, and the cost no longer grows with the picture. */
const BLURRED_SIDE = 160;
const BLUR_RADIUS = 3;

/**
 * Kept for the life of the process, unlike any other state here: the renderer's WebAssembly may be initialised only once per process,
 * a second call throws.
 */
const loadRenderer = once(async () => {
  const [{ initWasm, Resvg }, module, ...fontBuffers] = await Promise.all([
    import('@resvg/resvg-wasm'),
    compileWasm('@resvg/resvg-wasm/index_bg.wasm'),
    readFont('inter-latin-400-normal.woff2'),
    readFont('inter-latin-700-normal.woff2'),
  ]);
  await initWasm(module);
  return { Resvg, font: { fontBuffers, defaultFontFamily: 'Inter', loadSystemFonts: false } };
});

/** Draws an SVG at its own size. Its background must be opaque: the renderer's pixels are premultiplied. */
export async function rasterise(svg: string): Promise<Pixels> {
  const { Resvg, font } = await loadRenderer();
  // Unpacking the fonts takes longer than drawing most pictures.
  const resvg = new Resvg(svg, svg.includes('<text') ? { font } : { font: { loadSystemFonts: false } });
  try {
    const image = resvg.render();
    try {
      const { width, height } = image;
      return { width, height, rgba: new Uint8ClampedArray(image.pixels) };
    } finally {
      image.free();
    }
  } finally {
    resvg.free();
  }
}

/** The size that is really drawn: that asked for, in whole pixels, shrunk to what can be held in memory. */
export function drawable(width: number, height: number): { width: number; height: number } {
  const wanted = { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (wanted.width * wanted.height)));
  return {
    width: Math.max(1, Math.floor(wanted.width * scale)),
    height: Math.max(1, Math.floor(wanted.height * scale)),
  };
}

/** Draws a scene at any size. Equal requests give equal pixels. */
export async function renderScene(request: SceneRequest): Promise<Pixels> {
  const { scene, seed } = request;
  const { width, height } = drawable(request.width, request.height);
  if (!parseScene(scene).blurry) return rasterise(sceneSvg(scene, seed, width, height));
  const small = fitInside({ width, height }, { width: BLURRED_SIDE, height: BLURRED_SIDE });
  const soft = blur(await rasterise(sceneSvg(scene, seed, small.width, small.height)), BLUR_RADIUS);
  return enlarge(soft, width, height);
}
