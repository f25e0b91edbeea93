// The one of our numbers that Ghost's Admin API tells: how many comments and answers to them a post has.

import { z } from 'zod'
import type { Metrics, PostNumbers, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { call } from './api.ts'

const idsSchema = z.object({ posts: z.array(z.object({ id: z.string() })) })
const totalSchema = z.object({ meta: z.object({ pagination: z.object({ total: z.number() }) }) })
const settingsSchema = z.object({ settings: z.array(z.object({ key: z.string(), value: z.unknown() })) })

export const metrics: Metrics = {
  async posts(session, ids) {
    const numbers = new Map<string, PostNumbers>()
    const asked = ids.filter((id) => /^[0-9a-f]{24}$/.test(id))
    if (asked.length === 0) return numbers
    const query = { filter: `id:[${asked.join()}]+status:[draft,published,scheduled,sent]`, fields: 'id', limit: '100' }
    const { body } = await call(session, { path: 'posts/', query, schema: idsSchema })
    const commented = body.posts.length > 0 && (await takesComments(session))
    for (const { id } of body.posts) {
      const replies = commented ? await countComments(session, id) : null
      numbers.set(id, { likes: null, replies, reposts: null, quotes: null, views: null })
    }
    return numbers
  },
}

/** A site without comments has no number of them, which is not the same as none. */
async function takesComments(session: Session): Promise<boolean> {
  const { body } = await call(session, { path: 'settings/', schema: settingsSchema })
  const setting = body.settings.find(({ key }) => key === 'comments_enabled')
  return setting !== undefined && setting.value !== 'off'
}

/** null where this version of Ghost does not tell. */
async function countComments(session: Session, post: string): Promise<number | null> {
  try {
    const query = { filter: `post_id:'${post}'+status:published`, include_nested: 'true', limit: '1' }
    const { body } = await call(session, { path: 'comments/', query, schema: totalSchema })
    return body.meta.pagination.total
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'forbidden' || error.kind === 'gone')) return null
    throw error
  }
}
