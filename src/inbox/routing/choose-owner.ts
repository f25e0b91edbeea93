// Who gets a conversation: skills that are never dropped, capacity in units of work, who had it before, and whom to keep free for others.

import type { AdditionalSkill } from './types.ts'

export interface Candidate {
  id: string
  departmentIds: readonly string[]
  skills: readonly string[]
  /** Units of work at the same time, and how many are in hand. */
  capacity: number
  load: number
  /** Since when nothing new was given; null: never yet. */
  idleSince: Date | null
  /** At work now: in their hours and not absent. */
  isAtWork: boolean
  /** When they are again, where that is known. */
  backAt: Date | null
}

export interface OwnerNeed {
  departmentId: string
  requiredSkills: readonly string[]
  additionalSkills: readonly AdditionalSkill[]
  /** Units of work that it takes. */
  weight: number
  waitingSince: Date
  /** When its promise breaks. */
  dueAt: Date | null
  /** Who had it last. */
  stickyOwnerId: string | null
  /** Who gave it back: not asked again. */
  declinedIds: readonly string[]
}

export interface OwnerSettings {
  /** After so long without anybody, the additional skill of lowest priority may be dropped, and the next after as long again. */
  dropAfterMs: number
  /** How long it waits for whoever had it and is away, if its promise allows. */
  stickyForMs: number
  /** Units of work that wait or are expected soon, by skill. Whoever has a skill that much work needs is kept free for it. */
  demand: ReadonlyMap<string, number>
}

/** Why somebody is not asked, in the order in which it is looked at. */
export const ruledOutFor = ['department', 'skill', 'declined', 'away', 'full', 'additional-skill'] as const
export type RuledOutFor = (typeof ruledOutFor)[number]

export interface RuledOut {
  personId: string
  why: RuledOutFor
  /** The first one that is missing. */
  skill: string | null
}

export interface OwnerReason {
  code: 'sticky' | 'only-one' | 'least-loaded' | 'longest-idle' | 'keeps-others-free'
  /** Share of their capacity that is in hand with this one, 0 … 1. */
  loadAfter: number
  /** Skills of others who are less loaded, for which those stay free. */
  keptFree: string[]
  /** So many could have had it. */
  of: number
}

export interface NobodyReason {
  code:
    | 'nobody-in-department'
    | 'nobody-with-skills'
    | 'all-declined'
    | 'all-away'
    | 'all-full'
    | 'nobody-with-additional-skills'
    | 'waits-for-owner'
  skills: string[]
}

interface Beside {
  /** Additional skills that were given up, those of lowest priority first. */
  dropped: string[]
  ruledOut: RuledOut[]
}

export type OwnerChoice =
  | ({ kind: 'owner'; personId: string; reason: OwnerReason } & Beside)
  /** `askAgainAt`: without anything having happened; null: when something happens. */
  | ({ kind: 'nobody'; reason: NobodyReason; askAgainAt: Date | null } & Beside)

/** Everybody who could is compared; each answer, also that there is nobody, says why. */
export function chooseOwner(
  need: OwnerNeed,
  people: readonly Candidate[],
  settings: OwnerSettings,
  now: Date,
): OwnerChoice {
  const ruledOut: RuledOut[] = []
  const able = people.filter((person) => {
    const why = whyNot(person, need)
    if (why) ruledOut.push({ personId: person.id, ...why })
    return !why
  })
  const sticky = able.find(({ id }) => id === need.stickyOwnerId)
  if (sticky) {
    const reason: OwnerReason = { code: 'sticky', loadAfter: loadAfter(sticky, need), keptFree: [], of: able.length }
    return { kind: 'owner', personId: sticky.id, reason, dropped: [], ruledOut }
  }
  const backAt = ownerBackAt(need, people, settings)
  if (backAt && backAt > now)
    return {
      kind: 'nobody',
      reason: { code: 'waits-for-owner', skills: [] },
      askAgainAt: backAt,
      dropped: [],
      ruledOut,
    }
  if (able.length === 0) return { ...nobodyOf(need, people, ruledOut), dropped: [], ruledOut }
  const { suited, dropped, nextDropAt } = dropUntilSuited(need, able, settings, now)
  for (const person of able) {
    if (suited.includes(person)) continue
    ruledOut.push({ personId: person.id, why: 'additional-skill', skill: missingOf(person, wantedOf(need, dropped)) })
  }
  if (suited.length === 0) {
    const skills = need.additionalSkills.map(({ skill }) => skill).filter((skill) => !dropped.includes(skill))
    const reason: NobodyReason = { code: 'nobody-with-additional-skills', skills }
    return { kind: 'nobody', reason, askAgainAt: nextDropAt, dropped: [], ruledOut }
  }
  return { kind: 'owner', ...bestOf(suited, { need, dropped, people, settings }), dropped, ruledOut }
}

function whyNot(person: Candidate, need: OwnerNeed): Omit<RuledOut, 'personId'> | null {
  if (!person.departmentIds.includes(need.departmentId)) return { why: 'department', skill: null }
  const missing = missingOf(person, need.requiredSkills)
  if (missing) return { why: 'skill', skill: missing }
  if (need.declinedIds.includes(person.id)) return { why: 'declined', skill: null }
  if (!person.isAtWork) return { why: 'away', skill: null }
  return person.load + need.weight > person.capacity ? { why: 'full', skill: null } : null
}

const missingOf = ({ skills }: Candidate, wanted: readonly string[]): string | null =>
  wanted.find((skill) => !skills.includes(skill)) ?? null

/** When whoever had it is back: soon, and before its promise breaks. */
function ownerBackAt(need: OwnerNeed, people: readonly Candidate[], { stickyForMs }: OwnerSettings): Date | null {
  const owner = people.find(({ id }) => id === need.stickyOwnerId)
  if (!owner?.backAt || whyNot(owner, need)?.why !== 'away') return null
  const isSoon = owner.backAt.getTime() <= need.waitingSince.getTime() + stickyForMs
  return isSoon && (need.dueAt === null || owner.backAt < need.dueAt) ? owner.backAt : null
}

const wantedOf = ({ additionalSkills }: OwnerNeed, dropped: readonly string[]): string[] =>
  additionalSkills.map(({ skill }) => skill).filter((skill) => !dropped.includes(skill))

/** Drops as few as lead to somebody, and no more than the time that passed allows. */
function dropUntilSuited(need: OwnerNeed, able: readonly Candidate[], { dropAfterMs }: OwnerSettings, now: Date) {
  const inOrder = need.additionalSkills.toSorted((a, b) => a.priority - b.priority).map(({ skill }) => skill)
  const waited = Math.max(0, now.getTime() - need.waitingSince.getTime())
  const most = Math.min(inOrder.length, Math.floor(waited / dropAfterMs))
  const nextDropAt = most < inOrder.length ? new Date(need.waitingSince.getTime() + (most + 1) * dropAfterMs) : null
  for (let count = 0; count <= most; count++) {
    const dropped = inOrder.slice(0, count)
    const suited = able.filter((person) => missingOf(person, wantedOf(need, dropped)) === null)
    if (suited.length > 0) return { suited, dropped, nextDropAt }
  }
  return { suited: [], dropped: inOrder.slice(0, most), nextDropAt }
}

const loadAfter = ({ load, capacity }: Candidate, { weight }: OwnerNeed): number => (load + weight) / capacity

interface Choosing {
  need: OwnerNeed
  dropped: readonly string[]
  people: readonly Candidate[]
  settings: OwnerSettings
}

/**
 * The lowest sum of their load with it and of what is lost to others while they do it: for each skill that this does not need, how
 * much of the free work of all who have it is asked for (0 … 1). Equal sums: whoever was idle longest.
 */
function bestOf(suited: readonly Candidate[], { need, dropped, people, settings }: Choosing) {
  const needed = new Set([...need.requiredSkills, ...wantedOf(need, dropped)])
  const scarcity = scarcityOf(people, settings)
  const priced = suited.map((person) => {
    const lost = person.skills.filter((skill) => !needed.has(skill) && (scarcity.get(skill) ?? 0) > 0)
    const load = loadAfter(person, need)
    return { person, load, lost, sum: lost.reduce((sum, skill) => sum + scarcity.get(skill)!, load) }
  })
  const longestIdle = (a: Candidate, b: Candidate) =>
    (a.idleSince?.getTime() ?? 0) - (b.idleSince?.getTime() ?? 0) || (a.id < b.id ? -1 : 1)
  const [best, second] = priced.toSorted((a, b) => a.sum - b.sum || longestIdle(a.person, b.person))
  const lighter = priced.filter(({ load }) => load < best!.load)
  const keptFree = [...new Set(lighter.flatMap(({ lost }) => lost))].sort()
  const code = !second
    ? 'only-one'
    : keptFree.length > 0
      ? 'keeps-others-free'
      : second.sum === best!.sum
        ? 'longest-idle'
        : 'least-loaded'
  const reason: OwnerReason = { code, loadAfter: best!.load, keptFree, of: suited.length }
  return { personId: best!.person.id, reason }
}

/** How much of what is free with a skill is asked for: 0 nothing, 1 all of it and more. */
function scarcityOf(people: readonly Candidate[], { demand }: OwnerSettings): Map<string, number> {
  const free = new Map<string, number>()
  for (const { isAtWork, skills, capacity, load } of people)
    if (isAtWork) for (const skill of skills) free.set(skill, (free.get(skill) ?? 0) + Math.max(0, capacity - load))
  return new Map(
    [...demand].map(([skill, units]) => [skill, units <= 0 ? 0 : Math.min(1, units / (free.get(skill) || units))]),
  )
}

const codes: Record<Exclude<RuledOutFor, 'additional-skill'>, NobodyReason['code']> = {
  department: 'nobody-in-department',
  skill: 'nobody-with-skills',
  declined: 'all-declined',
  away: 'all-away',
  full: 'all-full',
}

/** How far the nearest of them came: the last thing that stood against anybody. */
function nobodyOf(need: OwnerNeed, people: readonly Candidate[], ruledOut: readonly RuledOut[]) {
  const farthest = Math.max(0, ...ruledOut.map(({ why }) => ruledOutFor.indexOf(why)))
  const why = ruledOutFor[farthest] as keyof typeof codes
  const inTheWay = new Set(ruledOut.filter((each) => each.why === why).map(({ personId }) => personId))
  const back = people.flatMap(({ id, backAt }) =>
    why === 'away' && inTheWay.has(id) && backAt ? [backAt.getTime()] : [],
  )
  const reason: NobodyReason = { code: codes[why], skills: why === 'skill' ? [...need.requiredSkills] : [] }
  const askAgainAt = back.length > 0 ? new Date(Math.min(...back)) : null
  return { kind: 'nobody' as const, reason, askAgainAt }
}
