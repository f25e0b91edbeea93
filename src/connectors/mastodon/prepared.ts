// The frozen content of one write: exactly what will be sent, and what is needed to recognise it afterwards.

import { z } from 'zod'
import type { Json, Part } from '../contract.ts'
import { type Options, optionsSchema } from './limits.ts'

const bodySchema = z.object({
  status: z.string(),
  media_ids: z.array(z.string()).optional(),
  poll: z
    .object({
      options: z.array(z.string()),
      expires_in: z.number(),
      multiple: z.boolean(),
      hide_totals: z.boolean(),
    })
    .optional(),
  in_reply_to_id: z.string().optional(),
  sensitive: z.boolean().optional(),
  spoiler_text: z.string().optional(),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).optional(),
  language: z.string().optional(),
})

const preparedSchema = z.object({
  body: bodySchema,
  /** Alternative texts, in the order of `media_ids`. */
  alts: z.array(z.string()),
  /** Where the text stands in the draft, for a refusal to point at. */
  field: z.string(),
  /** Posts of the same draft that are there already. */
  earlier: z.array(z.string()),
})
export type Prepared = z.infer<typeof preparedSchema>

export const readPrepared = (prepared: Json): Prepared => preparedSchema.parse(prepared)

export function freeze(part: Part, mediaIds: string[]): Prepared {
  const options = optionsSchema.parse(part.draft.options ?? {})
  const replyTo = part.role === 'comment' ? (part.root ?? part.previous) : (part.previous ?? part.root)
  const language = part.draft.language && languageOf(part.draft.language)
  return {
    body: {
      status: part.segment.text,
      ...(mediaIds.length > 0 ? { media_ids: mediaIds } : {}),
      ...(options.poll && part.role === 'post' ? { poll: pollOf(options.poll) } : {}),
      ...(replyTo ? { in_reply_to_id: replyTo.id } : {}),
      ...(options.sensitive === undefined ? {} : { sensitive: options.sensitive }),
      ...(options.contentWarning ? { spoiler_text: options.contentWarning } : {}),
      ...(options.visibility ? { visibility: options.visibility } : {}),
      ...(language ? { language } : {}),
    },
    alts: part.segment.media.map(({ alt }) => alt.trim()),
    field: part.role === 'comment' ? 'firstComment' : `segments.${part.position}.text`,
    earlier: [...new Set([part.root, part.previous].flatMap((ref) => (ref ? [ref.id] : [])))],
  }
}

function pollOf(poll: NonNullable<Options['poll']>) {
  return { options: poll.options, expires_in: poll.expiresIn, multiple: poll.multiple, hide_totals: poll.hideTotals }
}

/** Servers know languages by ISO 639 codes; only the written forms of Chinese are told apart by region. */
function languageOf(tag: string): string | null {
  const locale = parseLocale(tag)
  if (!locale) return null
  return locale.language === 'zh' && locale.region ? `zh-${locale.region}` : locale.language
}

function parseLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag)
  } catch {
    return null
  }
}
