// Stories and comments of Hacker News, from its own API and from its search, as what was said.

import { z } from 'zod'
import { author, type Gathering, heard, heardLine, heardText, heardUrl, saidAt } from '../heard.ts'
import { plainText } from '../html-text.ts'
import type { Heard, HeardAuthor } from '../listen.ts'

export const site = 'https://news.ycombinator.com'

/** https://github.com/HackerNews/API */
export const itemSchema = z.object({
  id: z.number().int().positive(),
  type: z.string().catch(''),
  deleted: z.boolean().optional().catch(undefined),
  dead: z.boolean().optional().catch(undefined),
  by: z.string().optional().catch(undefined),
  time: z.number().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  parent: z.number().optional().catch(undefined),
})
export type Item = z.infer<typeof itemSchema>

/** Adds what is worth hearing of an item: jobs, polls and their choices are not, what is dead or deleted is gone. */
export function gatherItem(
  item: Item,
  { now, changed = false }: { now: Date; changed?: boolean },
  into: Gathering,
): void {
  const { id, type, time, by, parent } = item
  if (type !== 'story' && type !== 'comment' && !item.deleted) return
  if (item.deleted || item.dead) {
    into.events.push({ type: 'removed', id: String(id) })
    return
  }
  const story = type === 'story'
  const told = heard({
    ...wordsOf(item, into),
    id: String(id),
    kind: story ? 'post' : 'comment',
    at: saidAt(time === undefined ? undefined : time * 1000, now.getTime()),
    author: by === undefined ? null : authorOf(by),
    replyTo: story || parent === undefined ? null : String(parent),
  })
  into.events.push({ type: changed ? 'changed' : 'heard', heard: told })
  into.reachedAt = told.at
}

/** https://hn.algolia.com/api */
export const hitSchema = z.object({
  objectID: z.string().regex(/^\d{1,12}$/),
  created_at_i: z.number(),
  author: z.string().nullish().catch(null),
  title: z.string().nullish().catch(null),
  url: z.string().nullish().catch(null),
  story_text: z.string().nullish().catch(null),
  comment_text: z.string().nullish().catch(null),
  parent_id: z.number().nullish().catch(null),
  story_id: z.number().nullish().catch(null),
})

export function hitOf(hit: z.infer<typeof hitSchema>, now: Date, into: Gathering): Heard {
  const comment = typeof hit.comment_text === 'string'
  const words = {
    title: hit.title ?? undefined,
    url: hit.url ?? undefined,
    text: hit.comment_text ?? hit.story_text ?? undefined,
  }
  return heard({
    ...wordsOf({ id: Number(hit.objectID), ...words }, into),
    id: hit.objectID,
    kind: comment ? 'comment' : 'post',
    at: saidAt(hit.created_at_i * 1000, now.getTime()),
    author: hit.author ? authorOf(hit.author) : null,
    replyTo: comment && hit.parent_id ? String(hit.parent_id) : null,
    root: comment && hit.story_id ? String(hit.story_id) : null,
  })
}

function wordsOf({ id, title, text, url }: Pick<Item, 'id' | 'title' | 'text' | 'url'>, into: Gathering) {
  const links = (text ?? '').slice(0, 300_000).matchAll(/<a\s[^>]{0,100}href="([^"]{1,4000})"/gi)
  const written = [...links].map(([, href = '']) => href.replaceAll('&#x2F;', '/').replaceAll('&amp;', '&'))
  return {
    title: heardLine(title),
    text: heardText(plainText(text), into),
    url: `${site}/item?id=${id}`,
    links: [...new Set([url, ...written].map(heardUrl).filter((each) => each !== null))].slice(0, 50),
  }
}

const authorOf = (name: string): HeardAuthor =>
  author(name.slice(0, 100), {
    handle: heardLine(name, 100),
    url: `${site}/user?id=${encodeURIComponent(name.toWellFormed())}`,
  })
