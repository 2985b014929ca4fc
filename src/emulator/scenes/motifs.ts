/** All there is to draw, by name. */
import { letter, printed } from './papers/letters.ts';
import { receipt } from './papers/receipt.ts';
import { screenshot } from './papers/screenshot.ts';
import { whiteboard } from './papers/whiteboard.ts';
import { skyline, street } from './settings/city.ts';
import { desert, hills, mountain, waterfall } from './settings/highlands.ts';
import { lake } from './settings/lake.ts';
import { market, playground, road } from './settings/outings.ts';
import { bedroom, party, room, table } from './settings/rooms.ts';
import { beach, cliff, sea, seaSunset } from './settings/sea.ts';
import { airplane, fireworks, museum, stage, tiles } from './settings/venues.ts';
import { slope, snow } from './settings/winter.ts';
import { flowers, forest, garden, grove, park } from './settings/woods.ts';
import { baby, children, runners, skier } from './subjects/activities.ts';
import { birds, cat, deer, dog } from './subjects/animals.ts';
import { castle, church, cottage, hut } from './subjects/buildings.ts';
import { cake, coffee } from './subjects/cafe.ts';
import { pizza, plate, ramen, sushi } from './subjects/food.ts';
import { bridge, lighthouse, temple, torii } from './subjects/landmarks.ts';
import { people, person, selfie } from './subjects/people.ts';
import { bouquet, cherry, christmasTree, tree } from './subjects/plants.ts';
import { snowman } from './subjects/snowman.ts';
import { balloon, bicycle, boat, car, train, tram } from './subjects/vehicles.ts';
import type { Paper, Setting, Subject } from './view.ts';

export const SETTINGS = {
  ...{
    airplane,
    beach,
    bedroom,
    cliff,
    desert,
    fireworks,
    flowers,
    forest,
    garden,
    grove,
    hills,
    lake,
    market,
    mountain,
  },
  ...{
    museum,
    park,
    party,
    playground,
    road,
    room,
    sea,
    seaSunset,
    skyline,
    slope,
    snow,
    stage,
    street,
    table,
    tiles,
    waterfall,
  },
} satisfies Record<string, Setting>;

export const SUBJECTS = {
  ...{
    baby,
    balloon,
    bicycle,
    birds,
    boat,
    bouquet,
    bridge,
    cake,
    car,
    castle,
    cat,
    cherry,
    children,
    christmasTree,
    church,
  },
  ...{
    coffee,
    cottage,
    deer,
    dog,
    hut,
    lighthouse,
    people,
    person,
    pizza,
    plate,
    ramen,
    runners,
    selfie,
    skier,
    snowman,
    sushi,
  },
  ...{ temple, torii, train, tram, tree },
} satisfies Record<string, Subject>;

export const PAPERS = { document: printed, letter, receipt, screenshot, whiteboard } satisfies Record<string, Paper>;

export type SettingName = keyof typeof SETTINGS;
export type SubjectName = keyof typeof SUBJECTS;
export type PaperName = keyof typeof PAPERS;
