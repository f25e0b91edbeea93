// Reads what the last twelve whole weeks show: of accounts, people, promises, listening and goals.

import { accountRows, type KnownAccount } from '../../accounts/for-programme.ts'
import { readInOrg, seenBy } from '../../db/tx.ts'
import { type TalkDay, talkDays } from '../../inbox/measures/for-programme.ts'
import { addDays, type DaySpan, mondayOf } from '../../lib/days.ts'
import { listeningFacts } from '../../listening/overview/for-programme.ts'
import { type OutDay, outDays, visitsIn } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { firstReplies } from '../first-replies.ts'
import { goalsWithReadings } from '../goals/store.ts'
import { accountEvidenceOf, weeksLookedAt } from './rules.ts'
import { authorsOf, knownSince, readTold, spanLookedAt, type Told, toldOf } from './told.ts'
import type { AccountEvidence, Evidence } from './types.ts'

/** The same for everybody who asks: what stands behind walls is not in it. */
export async function readEvidence(services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<Evidence> {
  const deps = { ...services, db: seenBy(services.db, null) }
  const told = await readInOrg(deps.db, orgId, async (tx) => {
    const span = await spanLookedAt(tx, orgId, deps.clock())
    const [out, talked] = [await outDays(tx, orgId, span), await talkDays(tx, orgId, span)]
    const told = await readTold(tx, orgId, span)
    const days = daysOf(out, talked, told)
    const known = await accountRows(tx, orgId, span.zone)
    return {
      ...{
        ...span,
        weeks: weeksIn(days, span.from, { told, known }),
        accounts: accountsOf(known, days, { told, span }),
      },
      ...{ ...peopleOf(out, told), heard: talked.reduce((sum, { heard }) => sum + heard, 0) },
      ...(await listeningFacts(tx, orgId, span)),
      goals: await goalsWithReadings(tx, orgId, addDays(span.to, -27)),
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

/** An answer that went out is read back too, and told by the account: the largest of the counts, and never their sum. */
function daysOf(out: readonly OutDay[], talked: readonly TalkDay[], told: Told): Day[] {
  const days = new Map<string, Day & { sent: number; read: number; told: number }>()
  const at = ({ accountId, day }: { accountId: string; day: string }) => {
    const key = `${accountId} ${day}`
    const found = days.get(key) ?? { accountId, day, posts: 0, replies: 0, sent: 0, read: 0, told: 0 }
    days.set(key, found)
    return found
  }
  for (const each of out) {
    const day = at(each)
    day.posts += each.posts
    day.sent += each.answers
  }
  for (const each of talked) at(each).read += each.answered
  for (const each of told.days) {
    const day = at(each)
    day.posts += each.posts
    day.told += each.allReplies
  }
  return [...days.values()].map(({ sent, read, told, ...day }) => ({ ...day, replies: Math.max(sent, read, told) }))
}

interface Known {
  told: Told
  known: readonly KnownAccount[]
}

/** A week that was over before anything of an account is known is not known: that is no zero. */
function weeksIn(days: readonly Day[], from: string, { told, known }: Known): Evidence['weeks'] {
  const since = known.map(({ id, knownFrom }) => knownSince(told, id, knownFrom))
  return Array.from({ length: weeksLookedAt }, (_, index) => {
    const week = addDays(from, 7 * index)
    const own = days.filter(({ day }) => mondayOf(day) === week)
    const sumOf = (what: 'posts' | 'replies') =>
      since.some((one) => one[what] <= addDays(week, 6)) ? own.reduce((sum, day) => sum + day[what], 0) : null
    return { week, posts: sumOf('posts'), replies: sumOf('replies') }
  })
}

function accountsOf(
  known: readonly KnownAccount[],
  days: readonly Day[],
  { told, span }: { told: Told; span: DaySpan },
): AccountEvidence[] {
  const byAccount = Map.groupBy(days, ({ accountId }) => accountId)
  return known.map(({ id, name, network, knownFrom: connectedOn }) => {
    const knownFrom = knownSince(told, id, connectedOn).posts
    const account = { accountId: id, name, network, knownFrom, told: toldOf(told, id, span.zone) }
    return accountEvidenceOf(account, byAccount.get(id) ?? [], span)
  })
}

/**
 * Without names: how work is shared concerns everybody, who did little nobody. Who is who at a network is not known here, so that people of
 * both are not put together: whoever knows of more items says how they are shared.
 */
function peopleOf(out: readonly OutDay[], told: Told): Pick<Evidence, 'people' | 'peopleFrom'> {
  const items = new Map<string, number>()
  for (const { memberId, posts, answers } of out) items.set(memberId, (items.get(memberId) ?? 0) + posts + answers)
  const own = [...items.values()].sort((a, b) => b - a).map((count) => ({ items: count }))
  const authors = authorsOf(told)
  const sum = (people: Evidence['people']) => people.reduce((all, { items: count }) => all + count, 0)
  return sum(authors) > sum(own) ? { people: authors, peopleFrom: 'accounts' } : { people: own, peopleFrom: 'longrun' }
}
