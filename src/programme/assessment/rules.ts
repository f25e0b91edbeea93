// Pure: what the evidence of twelve weeks says about each area. The levels are ours, stated here and shown with their reasons.

import { addDays, daysBetween } from '../../lib/days.ts'
import type { AccountEvidence, Area, Evidence, Opinions } from './types.ts'

export const weeksLookedAt = 12
/** Three weeks without anything of ours: as science.md B1 says of quitting. */
export const dormantDays = 21
/** In fewer weeks nobody can say whether something goes on. */
const fewestWeeks = 3

export interface Finding {
  area: Area
  opinion: number
  /** 1 to 5; null: there is nothing to judge by. */
  level: number | null
  /** What it rests on, for the sentence that is shown. */
  facts: Record<string, number>
  view: 'as-it-is' | 'too-good' | 'too-bad' | 'nothing-to-see'
}

/** The first bound that `value` reaches decides: bounds of level 5, 4, 3 and 2. */
const levelOf = (value: number, bounds: readonly [number, number, number, number]): number => {
  const found = bounds.findIndex((bound) => value >= bound)
  return found < 0 ? 1 : 5 - found
}

type Judged = Pick<Finding, 'level' | 'facts'>

const judges: Record<Area, (evidence: Evidence) => Judged> = {
  listening({ topics, briefs, coded }) {
    const facts = { topics, briefs, coded }
    if (topics === 0) return { level: 1, facts }
    // Two hundred coded and four weekly briefs are the gate of listening (science.md B1).
    if (briefs >= 4) return { level: coded >= 200 ? 5 : 4, facts }
    return { level: briefs >= 1 ? 3 : 2, facts }
  },
  answering({ heard, promise }): Judged {
    if (!promise || promise.due === 0) return { level: null, facts: { heard } }
    return {
      level: levelOf(promise.kept, [0.95, 0.8, 0.6, 0.3]),
      facts: { heard, due: promise.due, kept: Math.round(promise.kept * 100) },
    }
  },
  publishing({ weeks }): Judged {
    const known = weeks.flatMap(({ posts }) => posts ?? [])
    const filled = known.filter((posts) => posts > 0).length
    const facts = { filled, weeks: known.length }
    if (known.length < fewestWeeks) return { level: null, facts }
    return { level: levelOf(filled / known.length, [1, 0.83, 0.58, 0.25]), facts }
  },
  sharing({ people, peopleFrom, accounts }): Judged {
    const all = people.reduce((sum, { items }) => sum + items, 0)
    const unsaid = accounts.reduce((sum, { told }) => sum + (told?.posts ?? 0) + (told?.replies ?? 0), 0)
    if (all === 0) return { level: null, facts: { people: 0, unsaid } }
    const share = people[0]!.items / all
    return {
      level: levelOf(1 - share, [0.65, 0.5, 0.3, 0.1]),
      facts: {
        ...{ people: people.length, share: Math.round(share * 100) },
        ...(peopleFrom === 'accounts' ? { told: 1 } : {}),
      },
    }
  },
  measuring({ goals, visits }) {
    const facts = { goals, visits }
    if (goals > 0) return { level: visits > 0 ? 5 : 4, facts }
    return { level: visits > 0 ? 2 : 1, facts }
  },
  lasting({ accounts }): Judged {
    // Of a young account nobody can say whether it lasts.
    const old = accounts.filter(({ isYoung }) => !isYoung)
    if (old.length === 0) return { level: null, facts: { accounts: accounts.length } }
    const dormant = old.filter(({ isDormant }) => isDormant).length
    const gap = Math.max(...old.map(({ longestGap }) => longestGap))
    const awake = 1 - dormant / old.length
    const level = levelOf(awake, [1, 0.8, 0.6, 0.3])
    return { level: level === 5 && gap >= 7 ? 4 : level, facts: { accounts: old.length, dormant, gap } }
  },
}

export function findingsOf(opinions: Opinions, evidence: Evidence): Finding[] {
  return (Object.keys(judges) as Area[]).map((area) => {
    const { level, facts } = judges[area](evidence)
    return { area, opinion: opinions[area], level, facts, view: viewOf(opinions[area], level) }
  })
}

function viewOf(opinion: number, level: number | null): Finding['view'] {
  if (level === null) return 'nothing-to-see'
  if (opinion - level >= 2) return 'too-good'
  return level - opinion >= 2 ? 'too-bad' : 'as-it-is'
}

interface Active {
  day: string
  posts: number
  replies: number
}

/** What one account shows. Nothing counts before it is known; days that have not come count neither. */
export function accountEvidenceOf(
  account: Pick<AccountEvidence, 'accountId' | 'name' | 'network' | 'knownFrom' | 'told'>,
  days: readonly Active[],
  { from, to }: { from: string; to: string },
): AccountEvidence {
  const active = days
    .filter(({ posts, replies }) => posts + replies > 0)
    .map(({ day }) => day)
    .sort()
  const begin = account.knownFrom > from ? account.knownFrom : from
  const edges = [addDays(begin, -1), ...active, addDays(to, 1)]
  const gaps = edges.slice(1).map((day, index) => daysBetween(edges[index]!, day) - 1)
  const lastOn = active.at(-1) ?? null
  return {
    ...account,
    posts: days.reduce((sum, { posts }) => sum + posts, 0),
    replies: days.reduce((sum, { replies }) => sum + replies, 0),
    activeDays: active.length,
    longestGap: Math.max(0, ...gaps),
    lastOn,
    isYoung: daysBetween(begin, to) + 1 < dormantDays,
    isDormant: daysBetween(lastOn ?? addDays(begin, -1), to) >= dormantDays,
  }
}
