// Reads what an hour of each activity brings on each channel: from the numbers of what went out, the minutes that were measured, and what people told.

import { accountRows } from '../../accounts/for-programme.ts'
import { findConnector } from '../../connectors/registry.ts'
import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { snapshotAges } from '../../publishing/numbers-rules.ts'
import { type ItemOut, itemsOut, visitsBy } from '../../publishing/stock/for-programme.ts'
import { agesOf, type LearnedHalfLife, learnHalfLife } from '../../publishing/stock/learn-half-lives.ts'
import { halfLivesOf } from '../../publishing/stock/shelf-lives.ts'
import type { Services } from '../../services.ts'
import { forgetHalfLifeWeeks, valuesOf } from '../choosing/values.ts'
import { readSettings } from '../figures/store.ts'
import { lineOn } from '../load/cadence/growth.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import { type Price, pricesOf } from '../plan/rules.ts'
import { planRows } from '../plan/store.ts'
import type { CadenceLines } from '../plan/types.ts'
import { plannedItems } from '../sessions/store.ts'
import { findGoingOn } from '../store.ts'
import { measuredTimes, timesByChannel } from '../time/store.ts'
import { type Channels, channelsOf } from './channels.ts'
import { linesOf, type ReadLine } from './lines.ts'
import { plannedOn, plannedWeeksOf } from './planned-weeks.ts'
import { activityOfKind, judge, judgedAt } from './rules.ts'
import { type ToldRow, toldMinutes, toldRows, unitOf } from './store.ts'
import type { GoalUnit } from './types.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** Older items count less than a fifteenth. */
const weeksBack = 52
const mostTimes = 50
const timesBack = 730
/** Where nobody knows a half-life: a day, with the same doubt as every public figure. */
const unknownHalfLife = 1440

/** Everything that was read at once, for whoever plans or reviews with it. */
export interface Worth {
  unit: GoalUnit
  now: Date
  today: string
  zone: string
  channels: Channels
  lines: ReadLine[]
  prices: Price[]
  told: ToldRow[]
  settings: LoadSettings
}

interface Asked {
  /** As the organisation chose it where nobody says. */
  unit?: GoalUnit | undefined
  /** How fast items are forgotten: a review remembers longer than a plan. */
  forgetWeeks?: number
}

/** The same for everybody who asks: what stands behind walls is not in it. */
export function readWorthOf(
  services: Pick<Services, 'db' | 'clock'>,
  orgId: string,
  asked: Asked = {},
): Promise<Worth> {
  return readInOrg(seenBy(services.db, null), orgId, (tx) => readIn(tx, orgId, { ...asked, now: services.clock() }))
}

/** The channels alone, for whoever only has to know what words mean. */
export const readChannels = (services: Pick<Services, 'db'>, orgId: string): Promise<Channels> =>
  readInOrg(seenBy(services.db, null), orgId, async (tx) =>
    channelsIn(tx, orgId, await readOrganisationZone(tx, orgId)),
  )

async function channelsIn(tx: Tx, orgId: string, zone: string): Promise<Channels> {
  const accounts = await accountRows(tx, orgId, zone)
  return channelsOf(accounts.map((each) => ({ ...each, network: networkName(each.network) })))
}

async function readIn(
  tx: Tx,
  orgId: string,
  { unit: wanted, forgetWeeks = forgetHalfLifeWeeks, now }: Asked & { now: Date },
): Promise<Worth> {
  const zone = await readOrganisationZone(tx, orgId)
  const today = dayIn(now, zone)
  const channels = await channelsIn(tx, orgId, zone)
  const settings = await readSettings(tx, orgId)
  const unit = wanted ?? (await unitOf(tx, orgId))
  const told = await toldRows(tx, orgId)
  const measuring = { since: addDays(today, -timesBack), most: mostTimes }
  const prices = pricesOf(await measuredTimes(tx, orgId, measuring), settings, await toldMinutes(tx, orgId))
  const times = byLine(await timesByChannel(tx, orgId, measuring), channels)
  const items = await itemsOut(tx, orgId, { since: new Date(now.getTime() - weeksBack * weekMs), until: now })
  const known = items.filter(({ accountId }) => channels.byKey(accountId) !== null)
  const out = await judged(tx, orgId, known, { unit, now })
  const values = valuesOf(
    out.flatMap(({ line, result, weeksAgo }) =>
      result.state === 'judged' ? [{ line, value: result.value, weeksAgo }] : [],
    ),
    [...new Set(out.map(({ line }) => line)), nothingMeasured],
    forgetWeeks,
  )
  const programme = await findGoingOn(tx, orgId)
  const [plan] = programme ? await planRows(tx, orgId, programme.id, 1) : []
  // What grows is as large as it is now.
  const cadence: CadenceLines = (plan?.cadence.lines ?? []).map((line) => lineOn(line, today))
  const since = addDays(today, -7 * weeksBack)
  const sessions = await plannedItems(tx, orgId, { from: since, to: today })
  const keyOf = (channel: string | null) => channels.byWord(channel).key
  const days = out.map((item) => ({ ...item, day: dayIn(item.publishedAt, zone) }))
  const weeks = plannedWeeksOf(plannedOn(sessions, { keyOf, out }), days, today)
  const lines = linesOf({
    ...{ out, values, channels, prices, times, told, cadence, unit, zone, settings, weeks },
    usual: nothingMeasured,
  })
  return { unit, now, today, zone, channels, lines, prices, told, settings }
}

/** A line of which nothing is measured: what it gets is what lines of this programme are usually worth. */
const nothingMeasured = ' '

/** What people called the same channel by several names belongs together. */
function byLine(named: ReadonlyMap<string, number[]>, channels: Channels): Map<string, number[]> {
  const lines = new Map<string, number[]>()
  for (const [name, minutes] of named) {
    const [word, activity] = name.split('\t') as [string, string]
    const line = lineKey(channels.byWord(word).key, activity)
    lines.set(line, [...(lines.get(line) ?? []), ...minutes])
  }
  return lines
}

const networkName = (id: string): string => findConnector(id)?.name ?? id

export interface OutAndJudged extends ItemOut {
  /** Channel and activity. */
  line: string
  activity: string
  weeksAgo: number
  visits: number | null
  age: number
  halfLife: LearnedHalfLife
  result: ReturnType<typeof judge>
}

/** Each line learns its own half-life; that says at which age its items are judged. */
async function judged(
  tx: Tx,
  orgId: string,
  items: readonly ItemOut[],
  { unit, now }: { unit: GoalUnit; now: Date },
): Promise<OutAndJudged[]> {
  const priors = await halfLivesOf(tx, orgId)
  const byLine = Map.groupBy(items, ({ accountId, kind }) => lineKey(accountId, activityOfKind(kind)))
  const aged = [...byLine].flatMap(([line, own]) => {
    const { connector, kind } = own[0]!
    const halfLife = learnHalfLife(own.flatMap(curveOf), priors(connector, kind) ?? unknownHalfLife)
    const age = judgedAt(agesOf(halfLife.minutes).evaluated, snapshotAges)
    return own.map((item) => ({ ...item, line, activity: activityOfKind(kind), halfLife, age }))
  })
  const until = ({ publishedAt, age }: { publishedAt: Date; age: number }) =>
    new Date(Math.min(now.getTime(), publishedAt.getTime() + age * 60_000))
  const visits = await visitsBy(
    tx,
    orgId,
    aged.map((item) => ({ variantId: item.variantId, until: until(item) })),
  )
  return aged.map((item) => {
    const own = { ...item, visits: visits.get(item.variantId) ?? null }
    const weeksAgo = (now.getTime() - item.publishedAt.getTime()) / weekMs
    return { ...own, weeksAgo, result: judge(own, { unit, age: item.age, now }) }
  })
}

/** Channel and activity as one word. */
export const lineKey = (channel: string, activity: string): string => `${channel}:${activity}`

/** Where a network counts no reactions there is no curve. */
function curveOf({ ages, reactions }: ItemOut) {
  const read = ages.flatMap((age, at) => (reactions[at] == null ? [] : [{ age, count: reactions[at] }]))
  return read.length > 0 ? [{ ages: read.map(({ age }) => age), reactions: read.map(({ count }) => count) }] : []
}
