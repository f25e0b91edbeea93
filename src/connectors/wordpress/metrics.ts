// The one number a plain WordPress knows about its posts: how many comments they have.

import { z } from 'zod'
import type { Metrics, PostNumbers, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { call } from './api.ts'

const idSchema = z.array(z.object({ id: z.number() }))

export const metrics: Metrics = {
  async posts(session, ids) {
    const numbers = new Map<string, PostNumbers>()
    const asked = ids.filter((id) => /^[1-9]\d*$/.test(id))
    if (asked.length === 0) return numbers
    const { body: posts } = await call(session, {
      path: 'wp/v2/posts',
      query: { include: asked.join(), status: 'any', per_page: 100, _fields: 'id' },
      schema: idSchema,
    })
    for (const { id } of posts) {
      const replies = await countComments(session, id)
      numbers.set(String(id), { likes: null, replies, reposts: null, quotes: null, views: null })
    }
    return numbers
  },
}

/** null where the site keeps its comments to itself. */
async function countComments(session: Session, post: number): Promise<number | null> {
  try {
    const query = { post, per_page: 1, _fields: 'id' }
    const { headers } = await call(session, { path: 'wp/v2/comments', query, schema: idSchema })
    const total = headers.get('x-wp-total')
    return total !== null && /^\d+$/.test(total) ? Number(total) : null
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'forbidden') return null
    throw error
  }
}
