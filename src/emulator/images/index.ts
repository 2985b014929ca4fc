/** Pictures as bytes: drawing, decoding, resizing, encoding. Heavy libraries are loaded when first used. */
export { canDecode, decode, encodeJpeg, UnreadableImageError } from './codecs.ts';
export { cropTo, fitInside, type Pixels, resize, type Size } from './pixels.ts';
export { rasterise, renderScene, type SceneRequest } from './render.ts';
export { type Box, createRenditions, type Original, type Rendition, type Renditions } from './renditions.ts';
