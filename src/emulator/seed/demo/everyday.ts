/** Three years between the trips: Luna the dog, birthdays, weekends, food. */
import { away, type Day, day, PLACES } from './story.ts';

const { home, office, parents, lake, brittany } = PLACES;

export const YEAR_2023: readonly Day[] = [
  day('2023-01-01', home, ['00:03', 'fireworks night', 2, 'Happy new year']),
  day('2023-01-21', home, ['15:10', 'park snow', 1], ['16:02', 'coffee', 1]),
  day('2023-02-11', home, ['20:15', 'stage concert', 3], ['20:31:20', 'stage concert', 1, '', { video: 25 }]),
  day(
    '2023-03-04',
    home,
    ['11:20', 'dog room', 5, 'Luna moved in today!', { favorite: true }],
    ['11:26:15', 'dog room', 1, 'First steps', { video: 22 }],
    ['19:30', 'dog bedroom', 2, 'Not allowed. Tolerated.'],
  ),
  day('2023-03-19', home, ['10:45', 'dog park', 3], ['10:58', 'blurry dog park', 2, 'Too fast for the camera']),
  day('2023-04-09', parents, ['14:20', 'garden flowers', 2, 'Mum’s tulips'], ['15:00', 'children garden', 2]),
  day('2023-05-13', lake, ['13:40', 'lake', 2], ['14:25', 'boat lake', 1], ['15:12', 'dog lake', 2, 'She swims!']),
  day(
    '2023-06-08',
    home,
    ['18:30', 'birthday cake', 3, 'Thirty-two'],
    ['18:42', 'people party', 2, 'Everybody came', { favorite: true }],
    ['19:25:10', 'birthday cake', 1, 'Candles', { video: 11 }],
  ),
  day('2023-07-15', home, ['20:05', 'pizza', 1], ['21:40', 'skyline dusk', 1]),
  day(
    '2023-08-18',
    brittany,
    ['11:05', 'lighthouse cliff', 2, 'Pointe du Raz', { camera: 'drone' }],
    ['11:50', 'cliff', 2, '', { camera: 'drone' }],
    ['17:30', 'beach', 1],
  ),
  away('2023-08-19', brittany, ['10:20', 'boat harbour', 2], ['12:45', 'plate fish', 1], ['20:50', 'sunset', 2]),
  day(
    '2023-09-24',
    home,
    ['10:31', 'runners', 3, 'Half marathon: 1:58'],
    ['10:32:05', 'runners', 1, '', { video: 8 }],
    ['12:15', 'selfie park', 1, 'Still alive'],
  ),
  day('2023-10-21', parents, ['15:45', 'birthday cake', 2, 'Mum’s sixtieth'], ['16:20', 'family garden autumn', 2]),
  day(
    '2023-11-05',
    home,
    ['14:05', 'forest autumn', 2],
    ['14:22', 'dog forest autumn', 3, 'Luna and the leaves', { favorite: true }],
  ),
  day(
    '2023-12-24',
    parents,
    ['18:10', 'christmas tree', 3],
    ['18:40', 'cat christmas tree', 2, 'Minka, guardian of the presents'],
    ['19:05', 'family room', 1],
  ),
];

export const YEAR_2024: readonly Day[] = [
  day('2024-02-03', home, ['15:35', 'museum', 2, 'Alte Nationalgalerie'], ['17:10', 'coffee', 1]),
  day('2024-03-04', home, ['18:00', 'dog birthday cake', 2, 'One year with Luna']),
  day(
    '2024-03-14',
    office,
    ['16:05', 'cake people', 1, 'Jens leaves us', { camera: 'pixel' }],
    ['16:09:44', 'people party', 1, 'Speech', { camera: 'pixel', video: 27 }],
  ),
  day('2024-03-23', home, ['11:12', 'bicycle park spring', 2, 'New bike'], ['12:40', 'cherry blossom', 2]),
  day('2024-04-27', parents, ['10:30', 'cottage garden', 1], ['11:15', 'cat garden', 2, '', { edited: true }]),
  day('2024-05-18', lake, ['16:45', 'lake', 1], ['17:20', 'dog lake', 2], ['20:58', 'lake sunset', 2]),
  day(
    '2024-06-08',
    home,
    ['17:50', 'birthday cake', 2, 'Thirty-three'],
    ['18:15', 'people party', 2],
    ['20:40', 'selfie party', 1, '', { archived: true }],
  ),
  day('2024-06-22', home, ['22:10', 'stage concert night', 2, 'Open air']),
  day('2024-08-31', home, ['19:20', 'balloon hills', 2, 'Tempelhofer Feld'], ['19:48', 'dog park sunset', 2]),
  day(
    '2024-09-14',
    parents,
    ['11:30', 'baby room', 3, 'Welcome, little Mila!', { favorite: true }],
    ['11:42', 'selfie baby', 1],
    ['12:05:30', 'baby room', 1, '', { video: 16 }],
  ),
  day('2024-10-20', home, ['13:15', 'forest autumn', 2, '', { edited: true }], ['13:50', 'bicycle forest autumn', 1]),
  day('2024-10-26', parents, ['15:20', 'birthday cake', 2, 'Mum, sixty-one'], ['15:55', 'baby garden autumn', 1]),
  day('2024-12-07', home, ['17:45', 'market night winter', 2, 'Glühwein'], ['18:20', 'christmas tree street night', 1]),
  day(
    '2024-12-24',
    parents,
    ['17:30', 'christmas tree', 2],
    ['18:05', 'baby christmas tree', 2],
    ['18:30', 'blurry cat room', 1],
  ),
];

export const YEAR_2025: readonly Day[] = [
  day('2025-02-15', home, ['11:05', 'dog snow park', 2], ['15:10', 'museum', 1]),
  day('2025-03-04', home, ['17:45', 'dog room', 2, 'Two years with Luna']),
  day('2025-05-10', lake, ['15:02', 'boat lake', 2], ['15:40', 'people lake', 1]),
  day('2025-05-24', home, ['19:50', 'plate dinner', 2, 'Tried the new place'], ['22:15', 'street night', 1]),
  day('2025-06-08', home, ['18:05', 'birthday cake', 2, 'Thirty-four'], ['18:40', 'people party', 1]),
  day('2025-06-29', home, ['16:22', 'car street', 2, 'Sold the old one', { archived: true }]),
  day(
    '2025-07-19',
    parents,
    ['11:10', 'waterfall forest', 3, 'Triberg'],
    ['12:20', 'children waterfall', 1],
    ['14:50', 'castle', 1],
  ),
  day(
    '2025-08-09',
    brittany,
    ['12:02', 'beach', 2],
    ['13:30', 'children beach', 2, 'Mila meets the sea'],
    ['13:41:12', 'children beach', 1, '', { video: 19 }],
    ['20:40', 'beach sunset', 2],
  ),
  day('2025-09-13', parents, ['14:30', 'baby birthday cake', 2, 'Mila is one', { favorite: true }]),
  day('2025-09-28', home, ['10:45', 'runners', 2, 'Marathon. Never again.'], ['13:20', 'pizza', 1]),
  day('2025-10-12', home, ['13:05', 'dog forest autumn', 3], ['13:30', 'forest autumn', 1]),
];

/** What makes a library untidy: files without a date, and one camera whose clock was wrong. */
export const ODDITIES: readonly Day[] = [
  day(
    '2024-05-02',
    undefined,
    ['10:00', 'family garden', 1, 'Scan of an old print', { undated: true, camera: 'scanner' }],
    ['10:05', 'car hills', 1, 'Dad’s first car', { undated: true, camera: 'scanner' }],
  ),
  day('2031-01-01', undefined, ['00:00:12', 'blurry street', 1, '', { camera: 'drone' }]),
];
