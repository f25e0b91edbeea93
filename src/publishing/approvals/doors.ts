// Shows the files of a review to whoever holds its link, and to nobody else.

import type { Context, Hono } from 'hono'
import { uuidPattern } from '../../lib/ids.ts'
import { notFound } from '../../lib/refusal.ts'
import { serveMedia } from '../../media/actions.ts'
import { answerFile } from '../../media/doors.ts'
import type { Services } from '../../services.ts'
import { holderOf, showsFile } from './outside.ts'

/** `addressOf`: from where a request came, for who guesses secrets. */
export function mountReviewFiles(app: Hono, services: Services, addressOf: (c: Context) => string): void {
  app.get(`/files/review/:secret/:id{${uuidPattern}}/:size{original|thumbnail}`, async (c) => {
    const { secret, id, size } = c.req.param()
    const holder = await holderOf(services, secret, addressOf(c))
    if (!(await showsFile(services, holder, id))) throw notFound('file')
    const answer = answerFile(c, await serveMedia(services, holder.link.org_id, id, size as 'original' | 'thumbnail'))
    // A link can be revoked, and then nothing of it should be left in a browser.
    answer.headers.set('cache-control', 'private, no-store')
    return answer
  })
}
