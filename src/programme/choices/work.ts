// Works on a choice: in a thread, under a lease, with progress on record, until it is answered or somebody stops it.

import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { type Adoption, decideAdoption, freed, isHeldBack, leastStep, type Plans } from '../choosing/adopt-plan.ts'
import { explainPlan } from '../choosing/explain-plan.ts'
import { planInThread, type ThreadOptions } from '../choosing/plan-in-thread.ts'
import type { Plan, PlanProgress, PlanQuestion } from '../choosing/types.ts'
import { compareLines, type PlanChange, whatIf } from '../choosing/what-if.ts'
import { type Answer, type ChoiceRow, claimChoice, endChoice, goOn } from './store.ts'
import type { ChangeFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'log'>

/** Past it whoever worked on it is dead. */
const leaseMs = 30_000
/** How often progress is written down, and whether somebody stopped it is asked. */
const lookMs = 400
const timeMs = 60_000
/**
 * Up to so many counts the best plan itself is found in a moment; of larger ones one percent may be missing: to prove the last of it took the
 * solver a minute for four people and twelve lines.
 */
const fewCounts = 24
/** Of the plan that steps lead to. */
const leadGap = 0.02

/** @throws where somebody else works on it: it is tried again, for they may die. */
export async function makeChoice(
  services: Deps,
  { orgId, choiceId }: { orgId: string; choiceId: string },
): Promise<void> {
  const { db, clock } = services
  const begun = clock()
  const lease = new Date(begun.getTime() + leaseMs)
  const row = await inOrg(db, orgId, (tx) => claimChoice(tx, orgId, { id: choiceId, now: begun, until: lease }))
  if (row === 'ended') return
  if (row === 'busy') throw new Error('Somebody else works on this choice')
  const stopping = new AbortController()
  const watch = watchOver(services, row, { lease, stop: () => stopping.abort(new Error('stopped')) })
  try {
    const answer = await answerOf(row, { signal: stopping.signal, onProgress: watch.tell })
    await watch.end()
    await end(services, row, answer)
  } catch (error) {
    await watch.end()
    if (stopping.signal.aborted) return
    services.log.error('A plan could not be chosen', { error, choiceId })
    await inOrg(db, orgId, (tx) => endChoice(tx, orgId, { id: choiceId, state: 'failed', answer: null, at: clock() }))
  }
}

interface Watch {
  tell: (progress: PlanProgress) => void
  end: () => Promise<void>
}

/** Keeps the lease, writes down how far it is, and stops it where the row is no longer ours: somebody stopped it, or took it over. */
function watchOver(
  { db, clock }: Deps,
  { org_id: orgId, id }: ChoiceRow,
  given: { lease: Date; stop: () => void },
): Watch {
  let { lease } = given
  let told: PlanProgress | null = null
  let looking: Promise<void> = Promise.resolve()
  const look = async () => {
    const [progress, until] = [told, new Date(clock().getTime() + leaseMs)]
    told = null
    const isOurs = await inOrg(db, orgId, (tx) => goOn(tx, orgId, { id, lease, until, progress }))
    if (isOurs) lease = until
    else given.stop()
  }
  const timer = setInterval(() => {
    // A database that is away for a moment is no reason to begin again; the next look tells.
    looking = looking.then(look).catch(() => undefined)
  }, lookMs)
  return {
    tell: (progress) => {
      told = progress
    },
    end: async () => {
      clearInterval(timer)
      await looking
    },
  }
}

interface Thread {
  signal: AbortSignal
  onProgress: (progress: PlanProgress) => void
}

async function answerOf({ question, asked }: ChoiceRow, thread: Thread): Promise<Answer> {
  const options = { ...thread, gap: isSmall(question) ? 0 : 0.01, timeMs }
  if (asked.wouldBe)
    return ifAnswer(question, changeOf(question, asked.wouldBe), (each, before) =>
      planInThread(each, { ...options, before }),
    )
  const answer = await planInThread(question, options)
  if (answer.state === 'conflict') return answer
  const { plan } = answer
  const now = asked.now
  return {
    ...{ state: 'planned', plan: { ...plan, prices: null }, reasons: explainPlan(question, plan) },
    adoption: now && (await adoptionOf({ question, asked }, { current: now, next: plan }, options)),
    displaced: now ? compareLines(question, { items: now }, plan) : [],
  }
}

/** What can be done no more is changed whatever the new one is worth. A step that is worth too little alone is judged by where such steps lead. */
async function adoptionOf(
  { question, asked: { overflow } }: Pick<ChoiceRow, 'question' | 'asked'>,
  plans: Plans & { next: Plan },
  options: ThreadOptions,
): Promise<Adoption> {
  const adoption = decideAdoption(question, plans)
  if (adoption.isAdopted) return adoption
  if (overflow)
    return {
      ...adoption,
      isAdopted: true,
      because: 'broken',
      words: `The plan is changed because it no longer fits. ${overflow}`,
    }
  if (adoption.gain < leastStep || !isHeldBack(question, plans.next.items)) return adoption
  // Whether it is five percent better is known long before the last of it.
  const ahead = await planInThread(freed(question), { ...options, gap: leadGap })
  return ahead.state === 'planned' ? decideAdoption(question, { ...plans, leadsTo: ahead.plan.value }) : adoption
}

const isSmall = ({ people, lines, weeks }: PlanQuestion): boolean => people.length * lines.length * weeks <= fewCounts

async function ifAnswer(
  question: PlanQuestion,
  change: PlanChange,
  ask: Parameters<typeof whatIf>[2],
): Promise<Answer> {
  const told = await whatIf(question, change, ask)
  if (!told) {
    const first = await ask({ ...question, explore: null }, null)
    if (first.state === 'conflict') return first
    throw new Error('What fitted once fits no more')
  }
  const { before, after, lines, words } = told
  const then: Plan | null = after.state === 'planned' ? after.plan : null
  return {
    ...{ state: 'what-if', words, before: before.value, after: then?.value ?? null, lines },
    items: { before: before.items, after: then?.items ?? [] },
    conflict: after.state === 'conflict' ? after.conflict : null,
  }
}

/** In the words of the question: people by their ids, channels by their names. */
export function changeOf(question: PlanQuestion, change: ChangeFacts): PlanChange {
  switch (change.kind) {
    case 'person-leaves':
      return { kind: 'person-leaves', person: change.memberId, fromWeek: change.fromWeek }
    case 'minutes':
      return {
        ...{ kind: 'minutes', person: change.memberId, more: change.more },
        ...{ fromWeek: change.fromWeek, weekday: change.weekday },
      }
    case 'channel-stops': {
      const line = question.lines.find(({ id }) => id.startsWith(`${change.channel}:`))
      return { kind: 'channel-stops', channel: line?.channel ?? change.channel }
    }
  }
}

async function end({ db, clock }: Deps, row: ChoiceRow, answer: Answer): Promise<void> {
  const { org_id: orgId, id } = row
  const state = answer.state === 'conflict' ? 'conflict' : 'planned'
  await inOrg(db, orgId, async (tx) => {
    const at = clock()
    if (!(await endChoice(tx, orgId, { id, state, answer, at }))) return
    const facts = { state, isWhatIf: row.base_id !== null }
    await record(tx, orgId, longrunItself, at, { verb: 'choice.made', subject: { kind: 'choice', id }, facts })
  })
}
