// Reads what the last twelve whole weeks show: of accounts, people, promises, listening and goals.

import { accountRows } from '../../accounts/for-programme.ts'
import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { type TalkDay, talkDays } from '../../inbox/measures/for-programme.ts'
import { addDays, type DaySpan, dayIn, mondayOf } from '../../lib/days.ts'
import { listeningFacts } from '../../listening/overview/for-programme.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { type OutDay, outDays, visitsIn } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { firstReplies } from '../first-replies.ts'
import { goalsWithReadings } from '../goals/store.ts'
import { accountEvidenceOf, weeksLookedAt } from './rules.ts'
import type { AccountEvidence, Evidence } from './types.ts'

/** The same for everybody who asks: what stands behind walls is not in it. */
export async function readEvidence(services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<Evidence> {
  const deps = { ...services, db: seenBy(services.db, null) }
  const told = await readInOrg(deps.db, orgId, async (tx) => {
    const zone = await readOrganisationZone(tx, orgId)
    const monday = mondayOf(dayIn(deps.clock(), zone))
    const span = { zone, from: addDays(monday, -7 * weeksLookedAt), to: addDays(monday, -1) }
    const [out, talked] = [await outDays(tx, orgId, span), await talkDays(tx, orgId, span)]
    const days = daysOf(out, talked)
    const accounts = await accountsOf(tx, orgId, days, span)
    return {
      ...{ ...span, weeks: weeksIn(days, span.from, accounts), accounts },
      ...{ people: peopleOf(out), heard: talked.reduce((sum, { heard }) => sum + heard, 0) },
      ...(await listeningFacts(tx, orgId, span)),
      goals: await goalsWithReadings(tx, orgId, addDays(monday, -28)),
      visits: await visitsIn(tx, orgId, span),
    }
  })
  const { kept, medianHours } = await firstReplies(deps, orgId, told)
  return { ...told, promise: kept && { due: kept.n, kept: kept.share, medianHours } }
}

interface Day {
  accountId: string
  day: string
  posts: number
  replies: number
}

/** An answer that went out is read back too: the larger of both counts, and never their sum. */
function daysOf(out: readonly OutDay[], talked: readonly TalkDay[]): Day[] {
  const days = new Map<string, Day & { sent: number; read: number }>()
  const at = ({ accountId, day }: { accountId: string; day: string }) => {
    const key = `${accountId} ${day}`
    const found = days.get(key) ?? { accountId, day, posts: 0, replies: 0, sent: 0, read: 0 }
    days.set(key, found)
    return found
  }
  for (const each of out) {
    const day = at(each)
    day.posts += each.posts
    day.sent += each.answers
  }
  for (const each of talked) at(each).read += each.answered
  return [...days.values()].map(({ sent, read, ...day }) => ({ ...day, replies: Math.max(sent, read) }))
}

/** A week that was over before the first account was connected is not known: that is no zero. */
const weeksIn = (days: readonly Day[], from: string, accounts: readonly AccountEvidence[]): Evidence['weeks'] =>
  Array.from({ length: weeksLookedAt }, (_, index) => {
    const week = addDays(from, 7 * index)
    if (!accounts.some(({ knownFrom }) => knownFrom <= addDays(week, 6))) return { week, posts: null, replies: null }
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

/** Without names: how work is shared concerns everybody, who did little nobody. */
function peopleOf(out: readonly OutDay[]): Evidence['people'] {
  const items = new Map<string, number>()
  for (const { memberId, posts, answers } of out) items.set(memberId, (items.get(memberId) ?? 0) + posts + answers)
  return [...items.values()].sort((a, b) => b - a).map((count) => ({ items: count }))
}
