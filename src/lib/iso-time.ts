// Reads and writes times as machines do, several times faster than the engine, which has to be ready for every human form.

/** Milliseconds since 1970 of an ISO time; NaN: it is none. Anything but plain UTC is left to the engine. */
export function isoTime(text: string): number {
  const { length } = text
  if (length < 20 || length > 40 || text.charCodeAt(length - 1) !== zed || text.charCodeAt(10) !== tee) {
    return Date.parse(text)
  }
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const second = digits(text, 17, 2)
  // One digit that is none makes its number absurd, and the engine says what it is.
  const plain =
    year >= 1000 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  const fraction = length === 20 ? 0 : text.charCodeAt(19) === dot ? fractionOf(text) : Number.NaN
  if (!plain || Number.isNaN(fraction) || !separated(text)) return Date.parse(text)
  return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
}

const dayMs = 86_400_000
const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))

/** As `toISOString` writes each. Fast where they are in order: most of the work is done once a day. */
export function isoTexts(moments: readonly number[]): string[] {
  let day = Number.NaN
  let date = ''
  return moments.map((moment) => {
    const itsDay = Math.floor(moment / dayMs)
    if (itsDay !== day) {
      day = itsDay
      date = new Date(day * dayMs).toISOString().slice(0, -13)
    }
    const rest = moment - day * dayMs
    const minutes = Math.floor(rest / 60_000)
    const ms = rest - minutes * 60_000
    const seconds = Math.floor(ms / 1000)
    const thousandths = String(ms - seconds * 1000).padStart(3, '0')
    return `${date}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds]}.${thousandths}Z`
  })
}

const [zed, tee, dot, dash, colon, zero] = [0x5a, 0x54, 0x2e, 0x2d, 0x3a, 0x30]

const separated = (text: string): boolean =>
  text.charCodeAt(4) === dash &&
  text.charCodeAt(7) === dash &&
  text.charCodeAt(13) === colon &&
  text.charCodeAt(16) === colon

/** A number of so many digits; 99,999 where one is none. */
function digits(text: string, start: number, count: number): number {
  let value = 0
  for (let at = start; at < start + count; at++) {
    const digit = text.charCodeAt(at) - zero
    if (digit < 0 || digit > 9) return 99_999
    value = value * 10 + digit
  }
  return value
}

/** Milliseconds; finer parts are cut off, as the engine does. */
function fractionOf(text: string): number {
  let milliseconds = 0
  for (let at = 20; at < text.length - 1; at++) {
    const digit = text.charCodeAt(at) - zero
    if (digit < 0 || digit > 9) return Number.NaN
    if (at < 23) milliseconds += digit * (at === 20 ? 100 : at === 21 ? 10 : 1)
  }
  return text.length === 21 ? Number.NaN : milliseconds
}

/** Days of the Gregorian calendar, counted in years that begin in March (H. Hinnant, "chrono-compatible low-level date algorithms"). */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
