/**
 * The light of a picture: what the sky looks like and how much of its colour falls on everything else.
 */
import { mix } from './colour.ts';

export type Hour = 'day' | 'morning' | 'sunset' | 'dusk' | 'night' | 'grey';

export interface Light {
  readonly hour: Hour;
  /** From the zenith to the horizon. */
  readonly sky: readonly string[];
  readonly sun: string | undefined;
  readonly dark: boolean;
  /** A colour as it looks under this light. Lamps and windows are painted without it. */
  ink(colour: string): string;
}

interface Recipe {
  sky: readonly string[];
  sun?: string;
  ambient: string;
  strength: number;
  dark?: boolean;
}

const RECIPES: Readonly<Record<Hour, Recipe>> = {
  day: { sky: ['#5fb2e8', '#a9dbf5', '#e6f6fb'], sun: '#fff6d8', ambient: '#fff2cf', strength: 0.04 },
  morning: { sky: ['#8fbfe6', '#f6dcc6', '#ffe9c2'], sun: '#fff3c4', ambient: '#ffd9a0', strength: 0.16 },
  sunset: { sky: ['#43488f', '#b2558f', '#f57d57', '#ffc76b'], sun: '#ffe9a8', ambient: '#d9503f', strength: 0.3 },
  dusk: { sky: ['#1c2760', '#5b4a8c', '#c9718a', '#f3a98a'], ambient: '#38306e', strength: 0.45, dark: true },
  night: { sky: ['#070d2b', '#141f52', '#2c3a78'], ambient: '#141d52', strength: 0.56, dark: true },
  grey: { sky: ['#8996a3', '#b4c0c8', '#d3dadd'], ambient: '#75828f', strength: 0.32 },
};

export function lightAt(hour: Hour): Light {
  const recipe = RECIPES[hour];
  return {
    hour,
    sky: recipe.sky,
    sun: recipe.sun,
    dark: recipe.dark ?? false,
    ink: (colour) => mix(colour, recipe.ambient, recipe.strength),
  };
}

/** The same hour behind the windows, lamps inside. */
export function indoors(light: Light): Light {
  if (!light.dark) return { ...light, ink: (colour) => mix(colour, '#fff0d0', 0.06) };
  return { ...light, ink: (colour) => mix(colour, '#4a2a1c', 0.34) };
}
