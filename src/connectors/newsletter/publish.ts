// An issue: rendered once, handed over once by its key, asked after until every letter is settled.

import { z } from 'zod'
import { articleBlocks, articleFiles, articleText } from '../article.ts'
import type { Draft, DraftMedia, Found, Json, Part, Publish, Session, Submission } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import type { LetterProgress, Letters } from '../letters.ts'
import { type Picture, renderer } from '../markdown.ts'
import { mustMail } from './connect.ts'
import { check, maxTextBytes } from './limits.ts'
import { plainText } from './plain-text.ts'

const fraction = z.number()
const cropSchema = z.object({ x: fraction, y: fraction, width: fraction, height: fraction })

const preparedSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  preview: z.string(),
  pictures: z.array(z.object({ id: z.string(), crop: cropSchema.nullable() })),
})

/** The hand-over is one row under the key, in our own database: the promise has no end. */
const forever = 10 * 365 * 86_400

export const publish: Publish = { check, prepare, submit, poll, find, keyLifetime: forever, settle: 5 }

async function prepare(session: Session, part: Part, key: string): Promise<Json> {
  // Without one the issue would begin, and wait without a word.
  mustMail(session)
  const markdown = articleText(part, maxTextBytes)
  const { draft } = part
  if (!draft.title?.trim()) throw new ConnectorError({ kind: 'rejected', code: 'title.required', field: 'title' })
  const base = lettersOf(session).base(key)
  const pictures = new Map<string, Picture>()
  const shown = articleFiles(draft).map(({ id }) => itemOf(draft, id))
  for (const { id, alt } of shown) pictures.set(id, { url: `${base}/pictures/${encodeURIComponent(id)}`, alt })
  const html = articleBlocks(draft, pictures).map((block) => block.html)
  return {
    subject: draft.title.trim(),
    html: [featuredHtml(draft, pictures), ...html].join('\n'),
    text: plainText(markdown, (id) => pictures.get(id) ?? null),
    preview: draft.excerpt?.trim() ?? '',
    pictures: shown.map(({ id, crop }) => ({ id, crop: crop ? { ...crop } : null })),
  }
}

const itemOf = ({ featured, segments }: Draft, id: string): DraftMedia =>
  [...segments[0]!.media, ...(featured ? [featured] : [])].find((item) => item.id === id)!

function featuredHtml({ featured }: Draft, pictures: ReadonlyMap<string, Picture>): string {
  const picture = featured && pictures.get(featured.id)
  if (!picture) return ''
  return `<figure><img src="${picture.url}" alt="${renderer.utils.escapeHtml(picture.alt)}" /></figure>`
}

async function submit(session: Session, prepared: Json, key: string): Promise<Submission> {
  return submissionOf(session, key, await lettersOf(session).begin(key, preparedSchema.parse(prepared)))
}

async function poll(session: Session, ref: string): Promise<Submission> {
  const progress = await lettersOf(session).progress(ref)
  if (!progress) throw new ConnectorError({ kind: 'gone', code: 'issue-deleted' })
  return submissionOf(session, ref, progress)
}

/** Not there proves it: the hand-over is committed before it is answered. */
async function find(session: Session, _prepared: Json, key: string): Promise<Found> {
  const progress = await lettersOf(session).progress(key)
  if (!progress) return { state: 'absent' }
  return progress.finished ? { state: 'published', id: key, url: progress.url } : { state: 'unproven' }
}

function submissionOf(session: Session, key: string, { finished, url }: LetterProgress): Submission {
  if (finished) return { state: 'published', id: key, url }
  return { state: 'processing', ref: key, askAgainAt: new Date(session.now().getTime() + 10_000) }
}

function lettersOf({ letters }: Session): Letters {
  if (!letters) throw new ConnectorError({ kind: 'unavailable', code: 'no-letters-here' })
  return letters
}
