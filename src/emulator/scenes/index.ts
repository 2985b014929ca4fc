/** Pictures from a few plain words: `beach sunset`, `tram lisbon`, `receipt`, `blurry dog park`. */
export { EDITED_FRAME, sceneSvg, seedOf } from './compose.ts';
export { parseScene } from './parse.ts';
export { createRandom, hash32, type Random } from './random.ts';
