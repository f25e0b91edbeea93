// The shapes of saved replies and of the rules for answers that pages and server share.

/** What a saved reply can name; each is filled when it becomes a draft. */
export const variables = [
  'contact.name',
  'contact.first-name',
  'me.name',
  'me.first-name',
  'account.name',
  'department.name',
  'subject',
  'post',
] as const
export type Variable = (typeof variables)[number]

/** What is known of a conversation and who answers it; null: nothing is. */
export type VariableFacts = Record<Variable, string | null>

export const approvals = ['nobody', 'untrained'] as const
export type Approval = (typeof approvals)[number]

export interface AnswerRules {
  /** So many words of a draft have to be others before it is sent. 0: it may go out as it is. */
  leastChanged: number
  approval: Approval
}

/** People answer people: a draft that nobody touched is not sent unless an organisation says so. */
export const ordinaryRules: AnswerRules = { leastChanged: 1, approval: 'nobody' }
