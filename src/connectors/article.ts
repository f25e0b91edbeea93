// What connectors for blogs share on the server: clean HTML, the files of an article, and names made from the key.

import { createHash } from 'node:crypto'
import sanitize from 'sanitize-html'
import type { Draft, DraftMedia, MediaFile, Part, Session } from './contract.ts'
import { ConnectorError } from './errors.ts'
import { type HtmlBlock, mediaIn, type Picture, renderMarkdown } from './markdown.ts'
import { utf8Length } from './text.ts'

/** A name nobody else uses, the same for each try: by it a draft is found again whose answer was lost. */
export function nameFromKey(key: string, ...more: string[]): string {
  return `longrun-${createHash('sha256')
    .update([key, ...more].join('\n'))
    .digest('hex')
    .slice(0, 32)}`
}

/** Blogs hold one article; what the editor's check lets nobody schedule is refused here for callers that skipped it. */
export function articleText(part: Part, maxBytes: number): string {
  if (part.role !== 'post')
    throw new ConnectorError({ kind: 'rejected', code: 'thread.not-offered', field: 'segments' })
  const { text } = part.segment
  if (utf8Length(text) > maxBytes) {
    throw new ConnectorError({ kind: 'rejected', code: 'text.too-many-bytes', field: 'segments.0.text' })
  }
  return text
}

/** Everything to upload, each file once, with the path that an error about it names. */
export function articleFiles(draft: Draft): { id: string; field: string }[] {
  const files = new Map<string, string>()
  for (const [at, { id }] of draft.segments[0]!.media.entries()) {
    if (!files.has(id)) files.set(id, `segments.0.media.${at}`)
  }
  if (draft.featured && !files.has(draft.featured.id)) files.set(draft.featured.id, 'featured')
  return [...files].map(([id, field]) => ({ id, field }))
}

/** The article's blocks, followed by the attached pictures that its text does not place itself. */
export function articleBlocks(draft: Draft, pictures: ReadonlyMap<string, Picture>): HtmlBlock[] {
  const { text, media } = draft.segments[0]!
  const alone = renderMarkdown(unplacedMedia(draft, mediaIn(text), media), (id) => pictures.get(id) ?? null)
  const blocks = [...renderMarkdown(text, (id) => pictures.get(id) ?? null), ...alone]
  return blocks.map(({ html, tokens }) => ({ html: safeHtml(html), tokens }))
}

function unplacedMedia(draft: Draft, placed: ReadonlySet<string>, media: DraftMedia[]): string {
  const rest = media.filter(({ id }) => !placed.has(id) && id !== draft.featured?.id)
  return rest.map(({ id }) => `![](<media:${encodeURIComponent(id)}>)`).join('\n\n')
}

/** The second wall: whatever the renderer lets through, only these tags leave the server. */
export function safeHtml(html: string): string {
  return sanitize(html, {
    allowedTags: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'blockquote', 'pre', 'ul', 'ol', 'li', 'hr', 'figure', 'figcaption'],
      ...['a', 'em', 'strong', 's', 'code', 'br', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ],
    allowedAttributes: {
      a: ['href', 'title'],
      img: ['src', 'alt', 'title'],
      ol: ['start'],
      th: ['style'],
      td: ['style'],
    },
    allowedClasses: { code: [/^language-[^\s"'<>]+$/], img: [/^wp-image-\d+$/] },
    allowedStyles: { '*': { 'text-align': [/^(?:left|right|center)$/] } },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https'] },
  })
}

/** Reads a picture whole: a stream would be sent in chunks, which many PHP hosts answer with an empty upload. */
export async function readPicture(session: Session, { id, field }: { id: string; field: string }, maxBytes: number) {
  const file = await session.media(id)
  const tooLarge = new ConnectorError({ kind: 'rejected', code: 'media.too-large', field })
  if (file.bytes > maxBytes) throw tooLarge
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of file.open()) {
    length += piece.byteLength
    if (length > maxBytes) throw tooLarge
    pieces.push(piece)
  }
  return { file, name: fileName(file), bytes: new Uint8Array(Buffer.concat(pieces)) }
}

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** Letters that every header and file system takes, and the ending that fits the type, which blogs compare. */
export function fileName(file: Pick<MediaFile, 'fileName' | 'type'>): string {
  const stem = file.fileName
    .replace(/\.[^./\\]*$/, '')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
  const plain = stem
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
  return `${plain || 'picture'}.${extensions[file.type] ?? 'bin'}`
}
