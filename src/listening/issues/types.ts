// Words about records of potential issues that pages and server share.

export const issueStates = ['open', 'handled', 'closed'] as const
export type IssueState = (typeof issueStates)[number]

/** Why an issue was closed: it was one, it was none, we knew of it, or it went away. */
export const closeReasons = ['real', 'false', 'planned', 'over'] as const
export type CloseReason = (typeof closeReasons)[number]

export const entryKinds = ['opened', 'alert', 'evidence', 'note', 'state', 'owner', 'title'] as const
export type EntryKind = (typeof entryKinds)[number]

/** What an entry says beside its note. */
export interface EntryFacts {
  from?: string | null
  to?: string | null
  reason?: CloseReason
  /** The answer to this alert did it. */
  byAnswer?: string
}
