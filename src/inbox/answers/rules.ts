// Pure decisions about answers before they are sent.

import type { DraftMedia } from '../../connectors/contract.ts'
import { draftOf, leftToChange, variablesIn } from '../replies/rules.ts'
import type { AnswerRules } from '../replies/types.ts'

export const firstName = (name: string | null): string | null => name?.trim().split(/\s+/)[0] || null

/** How many places of saved replies are left to fill, or how far what a machine put in has to be made personal. */
export type SendFault =
  | { code: 'variable-left'; params: { names: string } }
  | { code: 'reply-not-personal'; params: { left: number } }

/** null: it may be sent. `given`: what saved replies and programs put in. */
export function sendFault(
  text: string,
  given: readonly string[],
  { leastChanged }: Pick<AnswerRules, 'leastChanged'>,
): SendFault | null {
  // Braces that a person typed themselves are their own affair.
  const put = variablesIn(draftOf(given))
  const names = variablesIn(text).filter((name) => put.includes(name))
  if (names.length > 0) return { code: 'variable-left', params: { names: names.join(', ') } }
  const left = leftToChange(given, text, leastChanged)
  return left > 0 ? { code: 'reply-not-personal', params: { left } } : null
}

interface Words {
  text: string
  media: readonly DraftMedia[]
}

/** What of a draft was not sent with these words, where more came to it meanwhile. */
export const leftOf = (draft: Words, sent: Words): { text: string; media: DraftMedia[] } => ({
  text: draft.text.startsWith(sent.text) ? draft.text.slice(sent.text.length).trimStart() : draft.text,
  media: draft.media.filter(({ id }) => !sent.media.some((each) => each.id === id)),
})

interface Made extends Words {
  given: readonly string[]
  reply_ids: readonly string[]
}

/** A draft below which another was put, without that one. null: it does not stand there any more as it was put. */
export function takeOut({ text, media, given, reply_ids }: Made, part: Made) {
  const isIn = (files: readonly DraftMedia[], id: string) => files.some((file) => file.id === id)
  if (!part.media.every(({ id }) => isIn(media, id))) return null
  const below = part.text && `\n\n${part.text}`
  if (text !== part.text && !text.endsWith(below)) return null
  return {
    text: text === part.text ? '' : text.slice(0, text.length - below.length),
    media: media.filter(({ id }) => !isIn(part.media, id)),
    given: withoutLast(given, part.given),
    reply_ids: reply_ids.filter((id) => !part.reply_ids.includes(id)),
  }
}

/** The other draft may have been given the same: each is taken out once. */
const withoutLast = (all: readonly string[], some: readonly string[]): string[] =>
  some.reduce(
    (left, each) => {
      const at = left.lastIndexOf(each)
      return left.filter((_, index) => index !== at)
    },
    [...all],
  )

/**
 * Words that somebody typed on a draft, and what became of the draft meanwhile, in one: nothing of either is lost. `base` is the draft from
 * which they were typed.
 */
export function joinWords(base: Words, own: Words, there: Words): { text: string; media: DraftMedia[] } {
  const added = there.text.startsWith(base.text) ? there.text.slice(base.text.length).trimStart() : there.text
  const text = own.text.includes(added) ? own.text : [own.text, added].filter(Boolean).join('\n\n')
  // What was there before and the writer took out stays out.
  const came = there.media.filter(({ id }) => ![...base.media, ...own.media].some((each) => each.id === id))
  return { text, media: [...own.media, ...came] }
}
