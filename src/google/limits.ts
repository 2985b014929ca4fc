/** Google's numbers, each with its source; the only place where they stand. */
export const LIMITS = {
  /** Ids or items in one batch call (contract 1.2). */
  batch: 50,
  /** Characters of an album title (contract 3.1). */
  albumTitle: 500,
  /** Characters of a description (contract 3.10, 3.14). */
  description: 1000,
  /** Characters of a text in an album (contract 3.7). */
  enrichmentText: 1000,
  /** Characters of a file name, extension included (contract 3.10). */
  fileName: 255,
  /** Media items and enrichments of an album (contract 3.5). */
  albumEntries: 20_000,
  /** Dates, and ranges, of one date filter (contract 3.15). */
  dates: 5,
  /** Content categories in each list (contract 3.15). */
  categories: 10,
  albumsPage: { default: 20, max: 50 },
  mediaItemsPage: { default: 25, max: 100 },
  /** Of a photo, in mebibytes, and of a video, in gibibytes (contract 5.1). */
  photoMegabytes: 200,
  videoGigabytes: 20,
  /** Items that a person may choose in one picking (contract 8.2). */
  pickedItems: 2000,
  /** Requests of a project a day, uploads included (contract 6.3). */
  requestsPerDay: 10_000,
  /** Fetches of base URLs of a project a day (contract 6.3). */
  mediaRequestsPerDay: 75_000,
} as const;
