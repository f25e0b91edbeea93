// Lines of a cadence as the page edits them: so many of one thing in each period. Lines that mix kinds are shown and kept as they are.

import { dayText } from '../../../kit/time.ts'
import type { CadenceLines } from '../../plan/types.ts'
import { activityLabel } from '../activity-words.ts'

export type Line = CadenceLines[number]
export type Unit = Line['unit']

type Choice = Line['slots'][number]['anyOf'][number]

export interface Row extends Pick<Choice, 'voice'> {
  line: Line
  /** null: it asks for several kinds of things, or for several voices, and is kept as it is. */
  activity: string | null
  times: number
}

export function rowOf(line: Line): Row {
  const [first, ...others] = line.slots.map(({ anyOf }) => (anyOf.length === 1 ? anyOf[0]! : null))
  const isOne = !line.differ && first && others.every((each) => each && isSame(each, first))
  const times = line.slots.length
  return isOne ? { line, activity: first.activity, voice: first.voice, times } : { line, activity: null, times }
}

const isSame = (a: Choice, b: Choice): boolean => a.activity === b.activity && a.voice === b.voice

/** So many of it in each period, in the voice it had; nothing else of the line changes. */
export function withRow(line: Line, { activity, times }: { activity: string; times: number }): Line {
  const { voice } = rowOf(line)
  const choice: Choice = { activity, ...(voice && { voice }) }
  const slots = Array.from({ length: times }, () => ({ anyOf: [{ ...choice }] }))
  const { grows } = line
  const changed = withGrowth(
    { ...line, slots },
    grows && times > 1 ? { ...grows, first: Math.min(grows.first, times - 1) } : null,
  )
  // One alone is no block.
  return hasSeveral(changed) ? changed : withBlock(changed, false)
}

/** Two of one kind in a period can be booked together. */
export const hasSeveral = ({ slots }: Line): boolean =>
  new Set(slots.map(({ anyOf }) => anyOf[0]?.activity)).size < slots.length

export function withBlock({ block: _before, ...line }: Line, block: boolean): Line {
  return block ? { ...line, block } : line
}

export type LineGrowth = NonNullable<Line['grows']>

export function withGrowth({ grows: _before, ...line }: Line, grows: LineGrowth | null): Line {
  return grows ? { ...line, grows } : line
}

/** Where somebody typed it; spaces name no place. */
export const channelFrom = (typed: string): string | null => (typed.trim() ? typed : null)

/** For none it is as if nobody had ever said: such a line is the same as one that never had a campaign. */
export function forCampaign({ campaignId: _before, ...line }: Line, campaignId: string | null): Line {
  return campaignId === null ? line : { ...line, campaignId }
}

let made = 0
/** An id that no line of this page has. */
export const newLine = (taken: readonly Line[], activity = 'short-post'): Line => {
  const ids = new Set(taken.map(({ id }) => id))
  do made += 1
  while (ids.has(`line-${made}`))
  return { id: `line-${made}`, channel: null, every: 1, unit: 'week', slots: [{ anyOf: [{ activity }] }] }
}

const unitWords: Record<Unit, [one: string, many: string]> = {
  day: ['a day', 'days'],
  'working-day': ['a working day', 'working days'],
  week: ['a week', 'weeks'],
}

export const unitOptions = (Object.keys(unitWords) as Unit[]).map((value) => ({ value, label: unitWords[value][1] }))

export const periodText = ({ every, unit }: Pick<Line, 'every' | 'unit'>): string =>
  every === 1 ? unitWords[unit][0] : `every ${every} ${unitWords[unit][1]}`

const voiceWords = { company: ' of the company', person: ' of a person' } as const

/** A line as it is read: “3 × short post a week (blog)”. */
export function lineText(line: Line, names: ReadonlyMap<string, string> = new Map()): string {
  const { activity, times } = rowOf(line)
  const what =
    activity && times > 1 ? `${times} × ${slotsText({ ...line, slots: line.slots.slice(0, 1) })}` : slotsText(line)
  const who = (line.people ?? []).flatMap((id) => names.get(id) ?? []).join(' or ')
  const where = line.channel ? ` (${line.channel})` : ''
  const growth = line.grows ? `, ${growthText(line.grows)}` : ''
  return `${what} ${periodText(line)}${where}${line.block ? ', at one go' : ''}${who && `, by ${who}`}${growth}`
}

const growthText = ({ first, weeks, from }: LineGrowth): string =>
  `growing from ${first} over ${weeks} weeks from ${dayText(from)} on`

export const slotsText = ({ slots }: Pick<Line, 'slots'>): string =>
  slots.map(({ anyOf }) => anyOf.map(choiceText).join(' or ')).join(', and ')

const choiceText = ({ activity, voice }: Choice): string =>
  `${activityLabel(activity).toLowerCase()}${voice ? voiceWords[voice] : ''}`
