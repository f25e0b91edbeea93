// Pure decisions about answers: what one consists of, what a person may do with it, and the names of its fields.

import type { Draft, DraftMedia, Issue } from '../../connectors/contract.ts'
import { allows, type Standing } from '../rules.ts'
import type { VariantState } from '../types.ts'
import type { AnswerChange } from './types.ts'

export interface AnswerWords {
  text: string
  media?: DraftMedia[]
  /** Of a mail. */
  subject?: string | null
  /** BCP 47. */
  language?: string
}

/** One part, always: a thread or a comment would be a second message to somebody who asked once. */
export const draftOf = ({ text, media = [], subject, language }: AnswerWords): Draft => ({
  segments: [{ text, media }],
  ...(subject ? { title: subject } : {}),
  ...(language ? { language } : {}),
})

/** The words again, as they were typed. */
export const wordsOf = ({ segments: [first], title, language }: Draft): AnswerWords & { text: string } => ({
  text: first?.text ?? '',
  media: first?.media ?? [],
  subject: title ?? null,
  ...(language ? { language } : {}),
})

/** A path into the draft, or a network's own word, as the form of an answer calls it. */
export function fieldOf(path: string): string {
  if (path === 'title') return 'subject'
  return path.replace(/^segments(\.0)?\.?/, '') || 'text'
}

export const named = (issue: Issue): Issue => ({ ...issue, field: fieldOf(issue.field) })

/** What waits by itself goes on by itself; what stopped for a person, or was put away, may be sent again. */
const retried: readonly VariantState[] = ['held', 'rejected', 'cancelled']

export function mayNow(answer: Standing): AnswerChange[] {
  const may: Record<AnswerChange, boolean> = {
    retry: retried.includes(answer.state),
    discard: allows(answer, 'cancel'),
    approve: answer.state === 'in-review',
    resolve: allows(answer, 'resolve'),
    withdraw: answer.state === 'published',
  }
  return (Object.keys(may) as AnswerChange[]).filter((change) => may[change])
}
