const EXIF = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/;
const OFFSET = /^[+-]\d\d:\d\d$|^Z$/;
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/;

/** `2024:07:14 12:11:33`, its sub-seconds and its offset → ISO 8601; undefined for the blanks and zeros cameras write. */
export function fromExif(date: string | undefined, subSeconds?: string, offset?: string): string | undefined {
  const match = EXIF.exec(date ?? '');
  if (!match) return undefined;
  const [, year, month, day, hours, minutes, seconds] = match;
  const fraction = /^\d+$/.test(subSeconds?.trim() ?? '') ? `.${subSeconds?.trim().slice(0, 3)}` : '';
  const zone = OFFSET.test(offset?.trim() ?? '') ? offset?.trim() : '';
  return valid(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${fraction}${zone}`);
}

/** XMP's and Apple's dates: ISO 8601, the seconds, the colon of the offset or the offset itself perhaps missing. */
export function fromIso(date: string | undefined): string | undefined {
  const match = ISO.exec(date?.trim() ?? '');
  if (!match) return undefined;
  const [, day, time = '', zone = ''] = match;
  return valid(`${day}T${time.length === 5 ? `${time}:00` : time}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
}

/** Seconds since 1904-01-01 UTC, the epoch of MP4 and QuickTime; 0 means that the clock was never set. */
export function from1904(seconds: number): string | undefined {
  const unix = seconds - 2_082_844_800;
  // Writers that use the Unix epoch by mistake give dates before 1970 here.
  const date = new Date((unix > 0 ? unix : seconds) * 1000);
  return seconds === 0 || Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(0, 19)}Z`;
}

function valid(iso: string): string | undefined {
  const [year = 0, month = 0, day = 0] = iso.slice(0, 10).split('-').map(Number);
  const calendar = new Date(Date.UTC(year, month - 1, day));
  const exists = calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day;
  return exists && year > 0 && !Number.isNaN(Date.parse(iso)) ? iso : undefined;
}
