/** All there is to draw, by name. Drawings know only what they are made of (`view.ts`, `svg.ts`, parts of each other), never this list. */
import { skyline, street } from './backdrops/city.ts';
import { desert, hills, mountain, waterfall } from './backdrops/highlands.ts';
import { lake } from './backdrops/lake.ts';
import { market, playground, road } from './backdrops/outings.ts';
import { bedroom, party, room, table } from './backdrops/rooms.ts';
import { beach, cliff, sea, seaSunset } from './backdrops/sea.ts';
import { airplane, fireworks, museum, stage, tiles } from './backdrops/venues.ts';
import { slope, snow } from './backdrops/winter.ts';
import { flowers, forest, garden, grove, park } from './backdrops/woods.ts';
import { letter, printed } from './documents/letters.ts';
import { receipt } from './documents/receipt.ts';
import { screenshot } from './documents/screenshot.ts';
import { whiteboard } from './documents/whiteboard.ts';
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
import type { Backdrop, BackdropName, DocumentDrawing, Subject } from './view.ts';

export const BACKDROPS = {
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
} satisfies Record<BackdropName, Backdrop>;

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

export const DOCUMENTS = { document: printed, letter, receipt, screenshot, whiteboard } satisfies Record<
  string,
  DocumentDrawing
>;

export type SubjectName = keyof typeof SUBJECTS;
export type DocumentName = keyof typeof DOCUMENTS;
