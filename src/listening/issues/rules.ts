// Pure decisions about issues: which way states go, what an undo leads back to, when an answer closes one, and what it is called.

import type { Answer } from '../alerts/types.ts'
import { type Severity, severities } from '../spikes/severity.ts'
import type { AlertKind, Trigger } from '../spikes/types.ts'
import type { CloseReason, EntryFacts, EntryKind, IssueState } from './types.ts'

export interface Entry {
  kind: EntryKind
  /** null: Longrun itself. */
  by: string | null
  alertId: string | null
  facts: EntryFacts
}

/** The code of a refusal; null: it may. A closed one goes back the way it came, by `reopenedState`. */
export function moveFault(from: IssueState, to: IssueState, reason: CloseReason | null): string | null {
  if (from === 'closed') return 'issue-closed'
  if (from === to) return 'issue-there-already'
  if (to === 'closed') return reason === null ? 'reason-missing' : null
  return null
}

/** Where undoing its closing leads: to the state that it was closed in. Entries newest first. */
export function reopenedState(entries: readonly Entry[]): IssueState {
  const closing = entries.find(({ kind, facts }) => kind === 'state' && facts.to === 'closed')
  return closing?.facts.from === 'handled' ? 'handled' : 'open'
}

/** What an answer closes an issue with; null: it says nothing against it. */
const closing: Record<Answer, CloseReason | null> = { real: null, false: 'false', planned: 'planned' }

/**
 * The answer to its only alert closes an issue that has nothing else: nobody wrote, attached, took it up or took it over, and no
 * other alert joined.
 */
export function closedByAnswer(
  state: IssueState,
  entries: readonly Entry[],
  { alertId, answer }: { alertId: string; answer: Answer },
): CloseReason | null {
  if (state === 'closed') return null
  const nothingElse = entries.every(
    (entry) =>
      entry.facts.byAnswer === alertId || (entry.by === null && (entry.alertId === null || entry.alertId === alertId)),
  )
  return nothingElse ? closing[answer] : null
}

/** Whoever answers otherwise takes back what the answer before had closed. Entries newest first. */
export function reopenedByAnswer(
  state: IssueState,
  entries: readonly Entry[],
  { alertId, answer }: { alertId: string; answer: Answer },
): boolean {
  const last = entries.find(({ kind }) => kind === 'state')
  return state === 'closed' && last?.facts.byAnswer === alertId && closing[answer] !== last.facts.reason
}

export const graver = (one: Severity, other: Severity): Severity =>
  severities.indexOf(one) >= severities.indexOf(other) ? one : other

const began: Record<Trigger, { angry: string; else: string }> = {
  volume: { angry: 'many angry mentions at once', else: 'many mentions at once' },
  'negative-share': { angry: 'more of it is negative', else: 'more of it is negative' },
  'slow-rise': { angry: 'anger that rises slowly', else: 'a slow rise' },
}

export const titleFrom = (topic: string, { trigger, kind }: { trigger: Trigger; kind: AlertKind }): string =>
  `${topic}: ${began[trigger][kind === 'potential-issue' ? 'angry' : 'else']}`
