/** New Year in a hut, with skis and friends: the turn of 2023 and of 2024. */
import { away, type Day, PLACES } from './story.ts';

const { hut, innsbruck } = PLACES;

export const WINTER_HUT: readonly Day[] = [
  away(
    '2023-12-28',
    innsbruck,
    ['11:20', 'train snow', 1],
    ['13:02', 'market winter', 1, 'Provisions'],
    ['15:45', 'hut in snow', 3, 'Our hut', { favorite: true }],
  ),
  away(
    '2023-12-29',
    hut,
    ['08:32', 'hut snow morning', 2, '', { camera: 'drone' }],
    ['09:50', 'mountain snow', 2, 'From above', { camera: 'drone' }],
    ['10:05:10', 'mountain snow', 1, '', { camera: 'drone', video: 41 }],
    ['10:40', 'ski slope', 3, 'First run'],
    ['10:52:03', 'ski slope', 1, 'Tom falls', { video: 14 }],
    ['13:15', 'plate food', 1, 'Kaiserschmarrn is a main course'],
    ['16:20', 'snowman', 2, 'Bob'],
  ),
  away(
    '2023-12-30',
    hut,
    ['09:15', 'dog snow', 3, 'Luna’s first snow', { favorite: true }],
    ['09:18:40', 'dog snow', 1, '', { video: 18 }],
    ['11:05', 'forest winter snowing', 2],
    ['17:02', 'hut snow night', 2],
  ),
  away(
    '2023-12-31',
    hut,
    ['12:30', 'people snow', 2, 'All of us'],
    ['19:40', 'plate dinner', 1, 'Fondue'],
    ['23:59', 'fireworks night', 3, 'Happy 2024!', { favorite: true }],
  ),
  away('2024-01-01', hut, ['10:30', 'mountain winter morning', 2, 'Nobody else awake'], ['14:10', 'lake winter', 1]),
  away('2024-12-29', hut, ['14:20', 'hut in snow', 2, 'Back again'], ['15:05', 'dog hut snow', 2]),
  away('2024-12-30', hut, ['10:10', 'ski slope', 3], ['15:45', 'coffee', 1]),
  away(
    '2024-12-31',
    hut,
    ['16:31', 'mountain sunset snow', 2, '', { camera: 'sony' }],
    ['23:58', 'fireworks night', 2, '2025'],
  ),
];
