/** Cherry blossom in Kyoto, April 2025. */
import { away, type Day, PLACES } from './story.ts';

const { kyoto, fushimi, arashiyama, nara, osaka } = PLACES;

export const KYOTO: readonly Day[] = [
  away(
    '2025-04-02',
    osaka,
    ['08:40', 'airplane morning', 1],
    ['18:22', 'street evening', 1],
    ['19:15', 'ramen', 2, 'First ramen'],
    ['20:33', 'skyline night', 2, 'Dotonbori'],
  ),
  away(
    '2025-04-03',
    kyoto,
    ['09:05', 'train', 1],
    ['10:12', 'temple cherry blossom', 3, 'Kiyomizu-dera', { camera: 'sony', favorite: true }],
    ['11:40', 'street spring', 2, 'Sannenzaka'],
    ['12:30', 'sushi', 2],
    ['14:10', 'cherry blossom', 3, 'Full bloom on the Philosopher’s Path', { camera: 'sony', edited: true }],
    ['14:22', 'selfie cherry', 1],
    ['17:50', 'temple sunset', 2, '', { camera: 'sony' }],
  ),
  away(
    '2025-04-04',
    fushimi,
    [
      '07:20',
      'torii morning',
      4,
      'A thousand gates, nobody there yet',
      { camera: 'sony', favorite: true, portrait: true },
    ],
    ['07:41', 'torii', 2, '', { portrait: true }],
    ['08:05', 'person torii', 1],
    ['08:30:12', 'torii', 1, 'Walking up', { video: 21, portrait: true }],
    ['12:44', 'market', 2, 'Nishiki market'],
    ['13:10', 'plate food', 1],
    ['19:20', 'temple night', 2, 'Lit up for the season'],
  ),
  away(
    '2025-04-05',
    arashiyama,
    ['08:15', 'bamboo forest', 2, 'Bamboo grove', { camera: 'sony', portrait: true }],
    ['09:48', 'bridge lake', 2, 'Togetsukyo'],
    ['10:30', 'boat lake', 2],
    ['11:55', 'garden temple', 2, 'Tenryu-ji', { camera: 'sony' }],
    ['15:02', 'coffee', 1, 'Matcha latte counts as coffee'],
    ['16:36', 'cat street', 1],
  ),
  away(
    '2025-04-06',
    nara,
    ['10:08', 'deer park spring', 3, 'The deer bow before they bite', { favorite: true }],
    ['10:20:31', 'deer park spring', 1, '', { video: 15 }],
    ['11:30', 'temple', 2, 'Todai-ji', { camera: 'sony' }],
    ['13:15', 'ramen', 1],
    ['16:10', 'lake spring', 2],
  ),
  away(
    '2025-04-07',
    kyoto,
    ['09:30', 'temple lake', 2, 'Kinkaku-ji', { camera: 'sony' }],
    ['11:02', 'garden', 1],
    ['13:35', 'museum', 1],
    ['18:05', 'cherry blossom night', 2, 'Maruyama park'],
  ),
  away(
    '2025-04-08',
    kyoto,
    ['08:50', 'street rain', 1],
    ['10:45', 'train', 1],
    ['16:30', 'airplane sunset', 2, 'Sayonara'],
  ),
];
