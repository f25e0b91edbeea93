// Comments on an exact rendition, and suggestions that the author can take over: an edit like any other, so consent is void after it.

import type { z } from 'zod'
import type { Draft } from '../../connectors/contract.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { postView } from '../contract.ts'
import { changePosts, type PostWithVariants } from '../store.ts'
import { livePost, saveWords } from '../write-post.ts'
import { type CommentRow, commentsOf, findRequest, insertComment, markTaken, renditionsOf } from './store.ts'
import { type TellServices, tellComment } from './tell.ts'
import { onOpenRequest, type Voter } from './vote.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export type CommentServices = Deps & TellServices

export interface Commenting {
  id: string
  variantId: string
  text: string
  suggestion?: { segment: number; text: string }
}

export const commentOn = (services: CommentServices, author: Voter, { id, variantId, text, suggestion }: Commenting) =>
  onOpenRequest(
    services,
    author.orgId,
    id,
    async ({ tx, found, request, now }) => {
      const rendition = (await renditionsOf(tx, author.orgId, [id])).find((each) => each.variant_id === variantId)
      if (!rendition) throw new Refusal('rendition-not-found', { field: 'variantId' })
      if (suggestion && !rendition.words.segments[suggestion.segment])
        throw new Refusal('segment-not-found', { field: 'suggestion.segment' })
      if (!text && !suggestion) throw new Refusal('required', { field: 'text' })
      await insertComment(tx, {
        ...{ org_id: author.orgId, id: newId(), request_id: id, variant_id: variantId, at: now, text },
        ...{ content_hash: rendition.content_hash, author_kind: author.kind, author_id: author.id },
        ...{ segment: suggestion?.segment ?? null, suggestion: suggestion?.text ?? null },
      })
      await tellComment(tx, services, found.post, { request, by: author.id, text: text || suggestion!.text })
      const verb = suggestion ? 'approval.suggested' : 'approval.commented'
      const facts = { requestId: request.id, variantId, ...(text ? { reason: text } : {}) }
      return { result: undefined, events: [{ verb, subject: { kind: 'post', id: found.post.id }, facts }] }
    },
    author.actor,
  )

/** Also of a request that is over: good words stay good. */
export function takeSuggestion(
  services: Deps,
  caller: Caller,
  { id, comment: commentId }: { id: string; comment: string },
): Promise<z.infer<typeof postView>> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const request = await findRequest(tx, caller.orgId, id)
    if (!request) throw notFound('approval')
    const found = await livePost(tx, caller.orgId, request.post_id)
    const comment = (await commentsOf(tx, caller.orgId, [id])).find((each) => each.id === commentId)
    if (comment?.suggestion == null || comment.segment === null) throw notFound('suggestion')
    if (comment.taken_at) throw new Refusal('already-taken', { status: 409 })
    const shown = (await renditionsOf(tx, caller.orgId, [id])).find(
      ({ variant_id }) => variant_id === comment.variant_id,
    )
    const at = services.clock()
    await markTaken(tx, caller.orgId, commentId, { at, by: caller.memberId })
    const told = { verb: 'approval.taken', subject: { kind: 'post', id: found.post.id }, facts: { requestId: id } }
    return saveWords(tx, caller, savingOf(found, comment, shown?.words), at, [told])
  })
}

/** An account with words of its own gets them there; where it follows the post, the post says it everywhere. */
function savingOf(
  { post, variants }: PostWithVariants,
  { variant_id, segment, suggestion }: CommentRow,
  shown: Draft | undefined,
) {
  const variant = variants.find(({ id }) => id === variant_id)
  const now = variant?.content ?? post.content
  // Words that somebody wrote since then are not written over.
  if (!variant || now.segments[segment!]?.text !== shown?.segments[segment!]?.text)
    throw new Refusal('suggestion-outdated', { status: 409 })
  const base = { id: post.id, revision: post.revision }
  const words = withSegment(now, segment!, suggestion!)
  if (variant.content === null) return { ...base, content: words }
  return {
    ...base,
    variants: variants.map((each) => ({
      accountId: each.account_id,
      content: each.id === variant_id ? words : each.content,
    })),
  }
}

const withSegment = (draft: Draft, at: number, text: string): Draft => ({
  ...draft,
  segments: draft.segments.map((each, index) => (index === at ? { ...each, text } : each)),
})
