// Pure: the plan that is in force as items under a question, so that it can be compared with a new one; and a new one as a cadence.

import { minutesIn } from '../choosing/bounds.ts'
import { addItems, emptyWeek, itemsOf, type PackedWeek } from '../choosing/pack.ts'
import { canDo, type Prepared, prepare } from '../choosing/prepare.ts'
import type { PlanItem, PlanQuestion } from '../choosing/types.ts'
import { lineOn } from '../load/cadence/growth.ts'
import { itemsAWeek } from '../load/cadence/rules.ts'
import type { CadenceLines } from '../plan/types.ts'
import { type Channels, lineKey } from '../worth/channels.ts'
import type { AskedLine } from './question.ts'

/** As much of the plan as fits into the minutes that there are, the long pieces first, week by week. */
export function itemsNow(question: PlanQuestion, lines: readonly Planned[]): PlanItem[] {
  const prepared = prepare(question, true)
  const countIn = countsNow(lines)
  const order = [...prepared.lines.keys()].toSorted((a, b) => prepared.lines[b]!.minutes - prepared.lines[a]!.minutes)
  return itemsOf(
    prepared,
    Array.from({ length: question.weeks }, (_, week) => {
      const packed = emptyWeek(prepared, week)
      for (const line of order) {
        const count = countIn(prepared.lines[line]!.id, week)
        for (let item = 0; item < count; item++) if (!giveOne(prepared, packed, line)) break
      }
      return packed
    }),
  )
}

type Planned = Pick<AskedLine, 'id' | 'plannedWeekly' | 'parts'>

/** What is asked for every other week falls into every other week. */
function countsNow(lines: readonly Planned[]): (line: string, week: number) => number {
  const weekly = new Map(lines.map(({ id, plannedWeekly, parts = 1 }) => [id, plannedWeekly * parts]))
  return (line, week) => {
    const each = weekly.get(line) ?? 0
    return Math.floor(each * (week + 1) + 1e-6) - Math.floor(each * week + 1e-6)
  }
}

/** The first week in which the plan takes more than everybody has together, in words; null: there is none. */
export function overflowOf(question: PlanQuestion, lines: readonly Planned[]): string | null {
  const countIn = countsNow(lines)
  for (let week = 0; week < question.weeks; week++) {
    const takes = question.lines.reduce((sum, { id, minutes }) => sum + countIn(id, week) * minutes, 0)
    const there = question.people.reduce((sum, person) => sum + minutesIn(person, week), 0)
    if (takes > there + 1e-6)
      return `In week ${week + 1} it takes ${Math.round(takes)} minutes, and there are ${Math.round(there)}.`
  }
  return null
}

/** To whoever has most minutes left; of what was planned before nobody makes room. */
function giveOne(prepared: Prepared, packed: PackedWeek, line: number): boolean {
  const { minutes } = prepared.lines[line]!
  let best = -1
  for (const person of prepared.people.keys())
    if (packed.left[person]! >= minutes && (best < 0 || packed.left[person]! > packed.left[best]!))
      if (canDo(prepared, person, line, packed.week)) best = person
  if (best < 0) return false
  addItems(prepared, packed, { line, person: best, count: 1 })
  return true
}

interface Chosen {
  lines: readonly AskedLine[]
  /** In the plan and not chosen about: they stay. */
  kept: readonly AskedLine[]
  items: readonly PlanItem[]
  /** Weeks of which the items are taken: the first review. */
  weeks: number
  /** Of a week. */
  workingDays: number
  /** The day of which `plannedWeekly` is told: lines that grow are as large as they were on it. */
  day: string
}

/** A cadence of what was chosen. Lines that stay as they are keep their shape: their days, their voices, their choices, how they grow. New ones are for the campaigns of those that they replace. */
export function cadenceOf(
  { lines, kept, items, weeks, workingDays, day }: Chosen,
  now: CadenceLines,
  channels: Channels,
): CadenceLines {
  const chosen = chosenOf(
    lines,
    items.filter(({ week }) => week < weeks),
  )
  const isSame = (line: AskedLine) => Math.abs((chosen.get(line.id) ?? 0) - line.plannedWeekly * weeks) < 1e-6
  const same = new Set([...kept, ...lines.filter(isSame)].map(({ id }) => id))
  const keysOf = (line: CadenceLines[number]) =>
    line.slots.flatMap(({ anyOf }) => {
      const { activity } = anyOf[0]!
      const own = lineKey({ channel: channels.byWord(line.channel), activity })
      const all = [...lines, ...kept]
      // What is asked for wherever may lie on several channels.
      const some = all.some(({ id }) => id === own)
        ? [own]
        : all.filter((each) => each.activity === activity).map(({ id }) => id)
      return some.length > 0 ? some : [own]
    })
  const staying = now.filter((line) => keysOf(line).every((key) => same.has(key)))
  const covering = staying.map((line) => lineOn(line, day))
  const replaced = now.filter((line) => !staying.includes(line)).map((line) => lineOn(line, day))
  const fresh = [...lines, ...kept].flatMap((line) => {
    const wanted = chosen.has(line.id) ? chosen.get(line.id)! : line.plannedWeekly * weeks
    const left = Math.round(wanted - coveredBy(covering, line, { channels, workingDays }) * weeks)
    return same.has(line.id) && staying.some((each) => keysOf(each).includes(line.id))
      ? []
      : byCampaign(
          left,
          replaced.filter((each) => keysOf(each).includes(line.id)),
          { activity: line.activity, workingDays },
        ).flatMap(({ campaignId, items: some }) => linesFor({ ...line, campaignId }, some, weeks))
  })
  return named([...staying, ...fresh])
}

/** Whole ones by line; parts that make none together are rounded. */
function chosenOf(lines: readonly AskedLine[], items: readonly PlanItem[]): Map<string, number> {
  const chosen = new Map(lines.map(({ id }) => [id, 0]))
  for (const { line, count } of items) chosen.set(line, (chosen.get(line) ?? 0) + count)
  for (const { id, parts = 1 } of lines) if (parts > 1) chosen.set(id, Math.round(chosen.get(id)! / parts))
  return chosen
}

const coveredBy = (
  staying: CadenceLines,
  line: AskedLine,
  { channels, workingDays }: { channels: Channels; workingDays: number },
): number =>
  staying
    .filter(({ channel }) => channels.byWord(channel).key === line.channel.key)
    .flatMap((each) => each.slots.map((slot) => ({ ...each, slots: [slot] })))
    .filter(({ slots }) => slots[0]!.anyOf[0]!.activity === line.activity)
    .reduce((sum, each) => sum + itemsAWeek(each, workingDays), 0)

interface ForCampaign {
  campaignId: string | null
  items: number
}

/** What comes in the place of lines is for the campaigns that they were for, each by as much as of them (largest remainders). */
function byCampaign(
  items: number,
  replaced: CadenceLines,
  { activity, workingDays }: { activity: string; workingDays: number },
): ForCampaign[] {
  const shares = new Map<string | null, number>()
  for (const { campaignId = null, ...line } of replaced) {
    const slots = line.slots.filter(({ anyOf }) => anyOf[0]!.activity === activity)
    shares.set(campaignId, (shares.get(campaignId) ?? 0) + itemsAWeek({ ...line, slots }, workingDays))
  }
  const all = [...shares.values()].reduce((sum, each) => sum + each, 0)
  if (all === 0 || items <= 0) return [{ campaignId: null, items }]
  const parts = [...shares].map(([campaignId, share]) => {
    const exact = (items * share) / all
    const whole = Math.floor(exact + 1e-9)
    return { campaignId, whole, over: exact - whole }
  })
  const rest = items - parts.reduce((sum, { whole }) => sum + whole, 0)
  return parts
    .toSorted((a, b) => b.over - a.over)
    .map(({ campaignId, whole }, index) => ({ campaignId, items: whole + (index < rest ? 1 : 0) }))
}

/** A line of a cadence has so many slots at most. */
const mostSlots = 50
/** More in a period of several weeks is read by nobody: so many each week, and what is left over beside it. */
const manySlots = 10

type Fresh = AskedLine & { campaignId: string | null }

/** So many items in so many weeks, in the shortest period that holds whole ones. */
function linesFor(line: Fresh, items: number, weeks: number): CadenceLines {
  if (items <= 0) return []
  const common = greatestCommon(items, weeks)
  if (items / common <= manySlots) return linesOf(line, items / common, weeks / common)
  const rest = items % weeks
  return [...linesOf(line, Math.floor(items / weeks), 1), ...linesFor(line, rest, weeks)]
}

function linesOf({ channel, activity, people, block, campaignId }: Fresh, items: number, every: number): CadenceLines {
  const slots = Array.from({ length: items }, () => ({ anyOf: [{ activity }] }))
  return Array.from({ length: Math.ceil(items / mostSlots) }, (_, part) => ({
    ...{ id: '', channel: channel.name || null, every, unit: 'week' as const },
    slots: slots.slice(part * mostSlots, (part + 1) * mostSlots),
    ...(people && { people }),
    ...(campaignId && { campaignId }),
    // One alone is no block.
    ...(block && Math.min(mostSlots, slots.length - part * mostSlots) > 1 && { block }),
  }))
}

const greatestCommon = (a: number, b: number): number => (b === 0 ? a : greatestCommon(b, a % b))

/** New lines get ids that no other has. */
function named(lines: CadenceLines): CadenceLines {
  const taken = new Set(lines.map(({ id }) => id))
  let next = 0
  return lines.map((line) => {
    if (line.id !== '') return line
    do next += 1
    while (taken.has(`chosen-${next}`))
    taken.add(`chosen-${next}`)
    return { ...line, id: `chosen-${next}` }
  })
}
