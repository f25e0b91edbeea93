// What a network takes, in plain words: for the page of an account in full, for lists in one line.

import type { Limits } from '../../connectors/contract.ts'
import { count } from '../../kit/words.ts'

export interface LimitLine {
  label: string
  value: string
}

const number = (value: number): string => value.toLocaleString('en')

const unitNames: Record<Limits['text']['unit'], [one: string, many: string]> = {
  graphemes: ['character', 'characters'],
  'code-points': ['code point', 'code points'],
  utf16: ['UTF-16 unit', 'UTF-16 units'],
  bytes: ['byte', 'bytes'],
}

const inUnit = ({ max, unit }: Limits['text']): string => count(max, ...unitNames[unit])

/** `2 MB`, `1.5 MB`, `800 kB`: as files are measured on most screens, in thousands. */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`
  const size = bytes < 1e9 ? bytes / 1e6 : bytes / 1e9
  return `${Number(size.toFixed(1)).toLocaleString('en')} ${bytes < 1e9 ? 'MB' : 'GB'}`
}

function lastingText(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return count(seconds / 3600, 'hour')
  return seconds >= 60 && seconds % 60 === 0 ? count(seconds / 60, 'minute') : count(seconds, 'second')
}

const typeNames: Record<string, string> = {
  quicktime: 'MOV',
  'svg+xml': 'SVG',
  jpeg: 'JPEG',
  webp: 'WebP',
  webm: 'WebM',
}

const typesText = (types: string[]): string =>
  [...new Set(types.map((type) => type.split('/').at(-1) ?? type))]
    .map((name) => typeNames[name] ?? name.toUpperCase())
    .join(', ')

/** A limit this long is none that anybody meets. */
const anyDuration = 86_400

/** What the account takes; empty where nothing can be posted to it. */
export function limitLines(limits: Limits): LimitLine[] {
  if (limits.text.max === 0) return []
  return [...writtenLines(limits), ...shownLines(limits), ...otherLines(limits)]
}

function writtenLines({ text, title, excerpt, tags, slug }: Limits): LimitLine[] {
  const details = [
    ...(text.urlLength === undefined ? [] : [`a link counts as ${text.urlLength}`]),
    ...(text.localMentions ? ['a mention counts without its server'] : []),
    ...(text.maxBytes === undefined ? [] : [`and at most ${sizeText(text.maxBytes)}`]),
    ...(text.format === 'markdown' ? ['with headings, lists and links'] : []),
    ...(text.required ? ['always needed'] : []),
  ]
  const upTo = (max: number) => `up to ${count(max, 'character')}`
  return [
    { label: 'Text', value: [`up to ${inUnit(text)}`, ...details].join('; ') },
    ...(title ? [{ label: 'Title', value: `${upTo(title.max)}${title.required ? '; always needed' : ''}` }] : []),
    ...(excerpt ? [{ label: 'Excerpt', value: upTo(excerpt.max) }] : []),
    ...(slug ? [{ label: 'Address', value: upTo(slug.max) }] : []),
    ...(tags ? [{ label: 'Tags', value: `up to ${number(tags.max)}` }] : []),
  ]
}

function shownLines({ images, videos, mixed, featured }: Limits): LimitLine[] {
  const lines: LimitLine[] = []
  if (images) {
    const edge = images.maxEdge ? [`longer edge up to ${number(images.maxEdge)} pixels`] : []
    const parts = [`up to ${number(images.max)}`, `${sizeText(images.maxBytes)} each`, ...edge, typesText(images.types)]
    lines.push({ label: 'Pictures', value: parts.join('; ') })
    lines.push({
      label: 'Alt text',
      value: images.altMax > 0 ? `up to ${count(images.altMax, 'character')}` : 'not taken',
    })
  } else lines.push({ label: 'Pictures', value: 'none' })
  if (videos) {
    const lasting = videos.maxSeconds < anyDuration ? [lastingText(videos.maxSeconds)] : []
    const parts = [`up to ${number(videos.max)}`, sizeText(videos.maxBytes), ...lasting, typesText(videos.types)]
    lines.push({ label: 'Videos', value: parts.join('; ') })
  }
  if (images && videos)
    lines.push({ label: 'Together', value: mixed ? 'pictures and videos in one post' : 'either pictures or a video' })
  if (featured) lines.push({ label: 'Feature image', value: 'one' })
  return lines
}

function otherLines({ thread, firstComment, linkCard, polls, language, perDay }: Limits): LimitLine[] {
  const poll = polls && `up to ${number(polls.maxOptions)} answers of ${count(polls.maxCharacters, 'character')}`
  return [
    { label: 'Thread', value: thread ? `up to ${number(thread.max)} parts` : 'none' },
    ...(firstComment ? [{ label: 'First comment', value: `up to ${count(firstComment.max, 'character')}` }] : []),
    ...(linkCard ? [{ label: 'Link card', value: 'your own title and picture' }] : []),
    ...(poll ? [{ label: 'Polls', value: poll }] : []),
    ...(language ? [{ label: 'Language', value: 'can be stated' }] : []),
    ...(perDay ? [{ label: 'A day', value: `up to ${count(perDay, 'post')}` }] : []),
  ]
}

/** `500 characters, 4 pictures, threads`; null where nothing can be posted to it. */
export function limitSummary(limits: Limits): string | null {
  if (limits.text.max === 0) return null
  // Nobody writes a million characters: what counts there is that it is an article.
  const text = limits.title ? 'articles' : inUnit(limits.text)
  const { images, thread } = limits
  return [text, ...(images ? [count(images.max, 'picture')] : ['no pictures']), ...(thread ? ['threads'] : [])].join(
    ', ',
  )
}
