// Which promise a conversation has from when on: chosen for what is said, and again when the conversation becomes another. Pure.

import { type PolicyVersion, type PromiseFacts, policyFor } from './policy.ts'
import { type PromiseKind, promiseKinds } from './types.ts'

export type ChoiceFacts = Omit<PromiseFacts, 'protocolIds'>

export interface Choice {
  at: Date
  versionId: string | null
  running: boolean
  facts: ChoiceFacts
}

export interface ToldMessage {
  id: string
  at: Date
  isOurs: boolean
  intent: string | null
}

/** What somebody wants, as far as promises differ by it. What nobody understood is `other`. */
export const kindOfIntent = (intent: string | null): PromiseKind =>
  intent === 'complaint' || intent === 'question' ? intent : 'other'

const strictness = (kind: PromiseKind): number => promiseKinds.length - promiseKinds.indexOf(kind)

/** Of all that is unanswered at that message the most pressing; null: nothing is. `messages` in order, up to the one that is judged. */
export function kindOf(messages: readonly ToldMessage[]): PromiseKind | null {
  const from = messages.findLastIndex(({ isOurs }) => isOurs) + 1
  const kinds = messages.slice(from).map(({ intent }) => kindOfIntent(intent))
  return promiseKinds.find((kind) => kinds.includes(kind)) ?? null
}

export interface ChoiceQuestion<Message extends ToldMessage = ToldMessage> {
  /** In order. */
  before: readonly Choice[]
  /** All that was said, in order; who is owed no answer is left out. */
  messages: readonly Message[]
  /** Whether a message has no choice yet. */
  isFresh: (message: Message) => boolean
  /** Of the conversation as it is now. */
  facts: Omit<ChoiceFacts, 'kind'>
  /** Versions that were in force then, in order. */
  inForceAt: (at: Date) => readonly PolicyVersion[]
  now: Date
}

/** The choices that are missing, in order of time. */
export function newChoices<Message extends ToldMessage>(question: ChoiceQuestion<Message>): Choice[] {
  const { messages, isFresh, now } = question
  const all = [...question.before]
  const made: Choice[] = []
  const add = (at: Date, kind: PromiseKind | null) => {
    const choice = choiceAt(all, question, { at, kind })
    if (!choice) return
    made.push(choice)
    all.push(choice)
    all.sort((a, b) => a.at.getTime() - b.at.getTime())
  }
  for (const [index, message] of messages.entries())
    if (isFresh(message)) add(message.at, message.isOurs ? null : kindOf(messages.slice(0, index + 1)))
  if (messages.length > 0) add(now, kindOf(messages))
  return made
}

function choiceAt(
  all: readonly Choice[],
  { facts: present, inForceAt }: Pick<ChoiceQuestion, 'facts' | 'inForceAt'>,
  { at, kind }: { at: Date; kind: PromiseKind | null },
): Choice | null {
  const last = all.findLast((choice) => choice.at <= at)
  // What came late belongs to a time when the conversation may have been elsewhere.
  const isLatest = all.length === 0 || all.at(-1) === last
  const then = isLatest ? present : (last ?? all[0]!).facts
  const facts: ChoiceFacts = {
    ...{ accountId: then.accountId, saidAs: then.saidAs, departmentId: then.departmentId, priority: then.priority },
    kind: kind ?? last?.facts.kind ?? 'other',
  }
  const versionId = policyFor(inForceAt(at), { ...facts, protocolIds: [] })?.id ?? null
  if (!last) return { at, versionId, running: true, facts }
  const becameAnother =
    facts.departmentId !== last.facts.departmentId ||
    facts.priority !== last.facts.priority ||
    strictness(facts.kind) > strictness(last.facts.kind)
  if (versionId === last.versionId && !becameAnother && facts.kind === last.facts.kind) return null
  return { at, versionId, running: becameAnother, facts }
}
