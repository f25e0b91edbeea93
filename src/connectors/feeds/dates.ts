// Reads the dates that feeds really carry, and takes none for the truth that cannot be true.

/** Offsets in minutes of the names in RFC 822 and of those that sites in Europe write. */
const zones: Record<string, number> = {
  ...{ UT: 0, UTC: 0, GMT: 0, Z: 0, WET: 0, WEST: 60, BST: 60, CET: 60, CEST: 120, MEZ: 60, MESZ: 120 },
  ...{ EET: 120, EEST: 180, MSK: 180, EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360 },
  ...{ PST: -480, PDT: -420, IST: 330, JST: 540, AEST: 600, AEDT: 660 },
}
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const iso =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*([A-Za-z]+|[+-]\d{1,2}:?\d{2})?$/
const mail =
  /^(?:[^\d\s]+\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?[\s-]+(\d{2}|\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([A-Za-z]+|[+-]\d{1,2}:?\d{2})?(?:\s*\(.*\))?$/

/**
 * null: unreadable, before the web, or more than a day ahead of `now`. A date without a zone is taken as UTC, never as the zone
 * of the machine.
 */
export function readDate(text: string | undefined, now: Date): Date | null {
  const trimmed = text?.trim() ?? ''
  const time = readIso(trimmed) ?? readMail(trimmed)
  if (time === null || time < Date.UTC(1991, 0) || time > now.getTime() + 86_400_000) return null
  return new Date(time)
}

function readIso(text: string): number | null {
  const found = iso.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, zone] = found
  return instant([year, month, day, hour, minute, second].map(number), zone)
}

function readMail(text: string): number | null {
  const found = mail.exec(text)
  if (!found) return null
  const [, day, name, year, hour, minute, second, zone] = found
  const month = months.indexOf(name!.toLowerCase()) + 1
  const fullYear = number(year) + (year!.length === 2 ? (number(year) < 70 ? 2000 : 1900) : 0)
  return instant([fullYear, month, ...[day, hour, minute, second].map(number)], zone)
}

const number = (text: string | undefined) => Number(text ?? 0)

/** The parts must name a real moment: 31 February is an error, not the 3rd of March. */
function instant(parts: number[], zone: string | undefined): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const offset = offsetOf(zone)
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 25 && minute < 60
  const time = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59))
  return real && offset !== null ? time - offset * 60_000 : null
}

function offsetOf(zone: string | undefined): number | null {
  if (!zone) return 0
  const digits = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone)
  if (!digits) return zones[zone.toUpperCase()] ?? 0
  const minutes = Number(digits[2]) * 60 + Number(digits[3])
  return minutes > 16 * 60 ? null : digits[1] === '-' ? -minutes : minutes
}
