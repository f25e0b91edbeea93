// Reads what the last twelve whole weeks show: of accounts, people, promises, listening and goals.

import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { readMeasures } from '../../inbox/measures/actions.ts'
import { type TalkDay, talkDays } from '../../inbox/measures/for-programme.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { listeningFacts } from '../../listening/overview/for-programme.ts'
import { readActorNames, readOrganisationZone } from '../../people/directory.ts'
import { type DaySpan, type OutDay, outDays, visitsIn } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { accountEvidenceOf, weeksLookedAt } from './rules.ts'
import { accountRows, goalsWithReadings, type PastDay, pastDays } from './store.ts'
import type { AccountEvidence, Evidence } from './types.ts'

const hourMs = 3_600_000

/** The same for everybody who asks: what stands behind walls is not in it. */
export async function readEvidence(services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<Evidence> {
  const deps = { ...services, db: seenBy(services.db, null) }
  const told = await readInOrg(deps.db, orgId, async (tx) => {
    const zone = await readOrganisationZone(tx, orgId)
    const monday = mondayOf(dayIn(deps.clock(), zone))
    const span = { zone, from: addDays(monday, -7 * weeksLookedAt), to: addDays(monday, -1) }
    const [out, talked] = [await outDays(tx, orgId, span), await talkDays(tx, orgId, span)]
    const past = await pastDays(tx, orgId, span)
    const days = daysOf(out, talked, past)
    return {
      ...{ ...span, weeks: weeksIn(days, span.from), accounts: await accountsOf(tx, orgId, days, span) },
      ...{ people: await peopleOf(tx, orgId, out), heard: talked.reduce((sum, { heard }) => sum + heard, 0) },
      ...(await listeningFacts(tx, orgId)),
      goals: await goalsWithReadings(tx, orgId, addDays(monday, -28)),
      visits: await visitsIn(tx, orgId, span),
    }
  })
  const { promises } = await readMeasures(deps, { orgId }, told)
  const first = promises.find(({ metric }) => metric === 'first-reply')
  const promise = first?.kept && {
    ...{ due: first.kept.n, kept: first.kept.share },
    medianHours: first.wall ? first.wall.median / hourMs : null,
  }
  return { ...told, promise: promise ?? null }
}

interface Day {
  accountId: string
  day: string
  posts: number
  replies: number
}

/** What went out through Longrun is at the network too: the larger of both counts, and never their sum. */
function daysOf(out: readonly OutDay[], talked: readonly TalkDay[], past: readonly PastDay[]): Day[] {
  const days = new Map<string, { sent: Day; read: Day; past: Day }>()
  const at = ({ accountId, day }: { accountId: string; day: string }) => {
    const empty = () => ({ accountId, day, posts: 0, replies: 0 })
    const key = `${accountId} ${day}`
    const found = days.get(key) ?? { sent: empty(), read: empty(), past: empty() }
    days.set(key, found)
    return found
  }
  for (const each of out) {
    const { sent } = at(each)
    sent.posts += each.posts
    sent.replies += each.answers
  }
  for (const each of talked) at(each).read.replies += each.answered
  for (const each of past) Object.assign(at(each).past, each)
  return [...days.values()].map(({ sent, read, past: before }) => ({
    ...sent,
    posts: Math.max(sent.posts, before.posts),
    replies: Math.max(sent.replies, read.replies, before.replies),
  }))
}

const weeksIn = (days: readonly Day[], from: string): Evidence['weeks'] =>
  Array.from({ length: weeksLookedAt }, (_, index) => {
    const week = addDays(from, 7 * index)
    const own = days.filter(({ day }) => mondayOf(day) === week)
    return {
      week,
      posts: own.reduce((sum, { posts }) => sum + posts, 0),
      replies: own.reduce((sum, { replies }) => sum + replies, 0),
    }
  })

async function accountsOf(tx: Tx, orgId: string, days: readonly Day[], span: DaySpan): Promise<AccountEvidence[]> {
  const byAccount = Map.groupBy(days, ({ accountId }) => accountId)
  return (await accountRows(tx, orgId, span.zone)).map(({ id, name, network, knownFrom }) =>
    accountEvidenceOf({ accountId: id, name, network, knownFrom }, byAccount.get(id) ?? [], span),
  )
}

async function peopleOf(tx: Tx, orgId: string, out: readonly OutDay[]): Promise<Evidence['people']> {
  const items = new Map<string, number>()
  for (const { memberId, posts, answers } of out) items.set(memberId, (items.get(memberId) ?? 0) + posts + answers)
  const names = await readActorNames(tx, orgId, items.keys())
  return [...items]
    .map(([id, count]) => ({ id, name: names.get(id) ?? '', items: count }))
    .sort((a, b) => b.items - a.items || a.name.localeCompare(b.name))
}
