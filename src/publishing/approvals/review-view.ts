// What somebody outside sees: exactly what was asked, what was said about it, and nothing else of the organisation.

import type { z } from 'zod'
import { accountsById } from '../../accounts/session.ts'
import { connectorOf } from '../../connectors/registry.ts'
import type { Tx } from '../../db/tx.ts'
import { readActorNames } from '../../people/directory.ts'
import { findPost } from '../store.ts'
import type { Holder } from './outside.ts'
import type { reviewView } from './shapes.ts'
import { isLiving, wholeOf } from './standing.ts'
import { commentsOf, type RequestRow } from './store.ts'
import { mineOf } from './views.ts'

export async function reviewViewOf(
  tx: Tx,
  request: RequestRow,
  { link, outsider }: Holder,
): Promise<z.infer<typeof reviewView>> {
  const orgId = request.org_id
  const found = (await findPost(tx, orgId, request.post_id))!
  const whole = await wholeOf(tx, found.post, request)
  const comments = await commentsOf(tx, orgId, [request.id])
  const organisation = await tx
    .selectFrom('organisations')
    .select(['name', 'time_zone'])
    .where('id', '=', orgId)
    .executeTakeFirstOrThrow()
  const authors = comments.map(({ author_id }) => author_id)
  const names = await readActorNames(tx, orgId, [request.asked_by, ...authors])
  const accounts = await accountsById(
    tx,
    whole.renditions.map(({ account_id }) => [orgId, account_id]),
  )
  const living = whole.renditions.some((each) => isLiving(each, found.variants))
  const { vote, voted } = mineOf(whole, outsider.id, living)
  return {
    ...{ organisation: organisation.name, outsider: outsider.name, expiresAt: link.expires_at.toISOString() },
    ...{ state: request.state, note: request.note, atOnce: request.at_once },
    ...{ askedBy: names.get(request.asked_by) ?? '', askedAt: request.asked_at.toISOString() },
    ...{ dueAt: request.due_at.toISOString(), zone: found.post.due_zone ?? organisation.time_zone },
    renditions: whole.renditions.map((each) => {
      const account = accounts.get(each.account_id)
      return {
        variantId: each.variant_id,
        account: {
          ...{ name: account?.name ?? '', handle: account?.handle ?? '' },
          network: account ? connectorOf(account.connector).name : '',
        },
        ...{ words: each.words, content: each.content, voided: each.voided_at !== null },
      }
    }),
    comments: comments.map((each) => ({
      ...{ id: each.id, variantId: each.variant_id, author: names.get(each.author_id) ?? '' },
      ...{ at: each.at.toISOString(), text: each.text },
      ...{ segment: each.segment, suggestion: each.suggestion },
    })),
    mine: { vote, voted },
  }
}
