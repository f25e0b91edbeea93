// Reading and writing recurrence rules (RFC 5545 3.3.10): which parts there are, what is wrong with a text, and a rule in words. Pure.

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

export type RuleParts = Map<string, string>

const number = (low: number, high: number) => (text: string) => {
  if (!/^[+-]?\d{1,4}$/.test(text)) return false
  const value = Number(text)
  return value >= low && value <= high && value !== 0
}
const list = (one: (text: string) => boolean) => (text: string) => text.split(',').every(one)
const isDay = (text: string): boolean => /^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/.test(text)

const values: Record<string, (text: string) => boolean> = {
  FREQ: (text) => /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(text),
  INTERVAL: number(1, 999),
  COUNT: number(1, 5000),
  UNTIL: isUntil,
  BYDAY: list(isDay),
  BYMONTHDAY: list(number(-31, 31)),
  BYYEARDAY: list(number(-366, 366)),
  BYWEEKNO: list(number(-53, 53)),
  BYMONTH: list(number(1, 12)),
  BYSETPOS: list(number(-366, 366)),
  WKST: (text) => (weekdays as readonly string[]).includes(text),
}

const tooOften = /^(HOURLY|MINUTELY|SECONDLY)$/
const ofTheDay = /^BY(HOUR|MINUTE|SECOND)$/

function isUntil(text: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?$/.exec(text)
  if (!match) return false
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const at = new Date(`${wall}Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(wall)
}

/** The parts of a rule, or the first thing that is wrong with it and in which part. */
export function partsOf(text: string): { parts: RuleParts } | { fault: string; part: string } {
  const parts: RuleParts = new Map()
  for (const piece of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [name = '', value = ''] = piece.trim().split('=')
    if (ofTheDay.test(name)) return { fault: 'rule-has-a-time', part: name }
    if (!Object.hasOwn(values, name)) return { fault: 'rule-part-not-known', part: piece.slice(0, 40) }
    if (parts.has(name)) return { fault: 'rule-part-twice', part: name }
    if (name === 'FREQ' && tooOften.test(value)) return { fault: 'rule-too-often', part: value }
    if (!values[name]!(value)) return { fault: 'rule-value-wrong', part: `${name}=${value}`.slice(0, 60) }
    parts.set(name, value)
  }
  if (!parts.has('FREQ')) return { fault: 'rule-without-frequency', part: 'FREQ' }
  const clash = clashOf(parts)
  return clash ? { fault: 'rule-parts-clash', part: clash } : { parts }
}

/** What RFC 5545 forbids together. */
function clashOf(parts: RuleParts): string | null {
  const freq = parts.get('FREQ')!
  const has = (name: string) => parts.has(name)
  if (has('COUNT') && has('UNTIL')) return 'COUNT, UNTIL'
  if (has('BYMONTHDAY') && freq === 'WEEKLY') return 'BYMONTHDAY, FREQ=WEEKLY'
  if (has('BYYEARDAY') && freq !== 'YEARLY') return `BYYEARDAY, FREQ=${freq}`
  if (has('BYWEEKNO') && freq !== 'YEARLY') return `BYWEEKNO, FREQ=${freq}`
  if (/\d/.test(parts.get('BYDAY') ?? '') && (freq === 'DAILY' || freq === 'WEEKLY' || has('BYWEEKNO')))
    return `BYDAY=${parts.get('BYDAY')}, FREQ=${freq}`
  const others = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYMONTH']
  return has('BYSETPOS') && !others.some(has) ? 'BYSETPOS' : null
}

const order = Object.keys(values)

/** One text for one rule, however it was written. */
export const canonicalRule = (parts: RuleParts): string =>
  [...parts]
    .filter(([name, value]) => !(name === 'INTERVAL' && value === '1'))
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, value]) => `${name}=${value.replaceAll('+', '')}`)
    .join(';')

/** The same rule with another number of occurrences, where it counts them. */
export const withCount = (rule: string, count: number): string => rule.replace(/COUNT=\d+/, `COUNT=${count}`)

export const countOf = (rule: string): number | null => {
  const match = /COUNT=(\d+)/.exec(rule)
  return match ? Number(match[1]) : null
}

// ── In words ────────────────────────────────────────────────────────────────────────────────────────────────────────

const dayNames: Record<string, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}
const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const
const ordinals: Record<string, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', '-1': 'last' }

/** “every 2 weeks on Monday and Thursday, 10 times”; rules that sentences do not cover stay as they are written. */
export function ruleWords(rule: string): string {
  const read = partsOf(rule)
  if ('fault' in read) return rule
  const { parts } = read
  const freq = parts.get('FREQ') as keyof typeof units
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const on = onWords(parts)
  if (on === null) return rule
  const every = interval === 1 ? `every ${units[freq]}` : `every ${interval} ${units[freq]}s`
  const isWeekdays = freq === 'WEEKLY' && interval === 1 && parts.get('BYDAY') === 'MO,TU,WE,TH,FR'
  return `${isWeekdays ? 'every weekday' : `${every}${on}`}${endWords(parts)}`
}

function onWords(parts: RuleParts): string | null {
  const known = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTHDAY']
  if ([...parts.keys()].some((name) => !known.includes(name))) return null
  const [days, dates] = [parts.get('BYDAY'), parts.get('BYMONTHDAY')]
  if (days && dates) return null
  if (dates)
    return ` on day ${listed(dates.split(',').map((date) => (date === '-1' ? 'the last' : date)))}`.replace(
      'day the last',
      'the last day',
    )
  if (!days) return ''
  const named = days.split(',').map((day) => {
    const place = day.slice(0, -2)
    const name = dayNames[day.slice(-2)]!
    return place === '' ? name : ordinals[place] ? `the ${ordinals[place]} ${name}` : null
  })
  return named.includes(null) ? null : ` on ${listed(named as string[])}`
}

function endWords(parts: RuleParts): string {
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')]
  if (count) return count === '1' ? ', once' : `, ${count} times`
  return until ? `, until ${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` : ''
}

const listed = (words: string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
