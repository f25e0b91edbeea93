// What the holder of a review link may do: look at exactly what was asked, comment, and vote. Every use is an event.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { type Outsider, readOutsider } from '../../people/outsiders.ts'
import { clearOf, countUse } from '../../people/use-limits.ts'
import type { Services } from '../../services.ts'
import { type Commenting, type CommentServices, commentOn } from './comments.ts'
import { findRequest, type RequestRow, renditionsOf } from './store.ts'
import { type LinkRow, linkBySecret, noteUse } from './store-links.ts'
import { type Voter, type Voting, voteOn } from './vote.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export interface Holder {
  link: LinkRow
  outsider: Outsider
}

/** Wrong secrets from one address within ten minutes; then the door stays shut for it. */
const wrongGuesses = { most: 20, minutes: 10 }
/** Uses of one link within ten minutes: more than any person needs. */
const usesOfLink = { most: 600, minutes: 10 }

/**
 * Who holds this secret. @throws Refusal: 404 for one that nobody made, 410 for one that has ended, 429 for an address that guesses.
 */
export async function holderOf(services: Deps, secret: string, address: string): Promise<Holder> {
  const { db, clock } = services
  const now = clock()
  const guesses = `review ${address}`
  if (!(await clearOf(db, guesses, wrongGuesses, now))) throw new Refusal('too-many-attempts', { status: 429 })
  const link = await asSystem(db, (tx) => linkBySecret(tx, sha256Hex(secret)))
  if (!link) {
    // Guesses at the same moment all found the door open: only as many as are allowed are answered.
    const allowed = await countUse(db, guesses, wrongGuesses, now)
    throw allowed ? notFound('review') : new Refusal('too-many-attempts', { status: 429 })
  }
  if (link.revoked_at) throw new Refusal('review-link-revoked', { status: 410 })
  if (link.expires_at <= now) throw new Refusal('review-link-expired', { status: 410 })
  const outsider = await inOrg(db, link.org_id, (tx) => readOutsider(tx, link.org_id, link.outsider_id))
  if (!outsider || outsider.removed_at) throw new Refusal('review-link-revoked', { status: 410 })
  if (!(await countUse(db, `review-link ${link.id}`, usesOfLink, now)))
    throw new Refusal('too-many-attempts', { status: 429 })
  return { link, outsider }
}

const voterOf = ({ link, outsider }: Holder): Voter => ({
  ...{ orgId: link.org_id, kind: 'outsider', id: outsider.id },
  actor: { kind: 'outsider', id: outsider.id },
})

export async function openReview<T>(
  services: Deps,
  holder: Holder,
  show: (tx: Tx, request: RequestRow) => Promise<T>,
): Promise<T> {
  const { link, outsider } = holder
  return inOrg(services.db, link.org_id, async (tx) => {
    const request = await findRequest(tx, link.org_id, link.request_id)
    if (!request) throw notFound('review')
    const at = services.clock()
    const shown = await show(tx, request)
    await noteUse(tx, link, at)
    await record(tx, link.org_id, voterOf(holder).actor, at, {
      verb: 'review-link.opened',
      subject: { kind: 'post', id: request.post_id },
      facts: { requestId: request.id, linkId: link.id, name: outsider.name },
    })
    return shown
  })
}

export const voteOutside = (services: Deps, holder: Holder, voting: Omit<Voting, 'id'>): Promise<void> =>
  voteOn(services, voterOf(holder), { ...voting, id: holder.link.request_id })

export const commentOutside = (
  services: CommentServices,
  holder: Holder,
  comment: Omit<Commenting, 'id'>,
): Promise<void> => commentOn(services, voterOf(holder), { ...comment, id: holder.link.request_id })

/** Whether this file is part of what the holder was asked about. */
export function showsFile({ db }: Pick<Services, 'db'>, { link }: Holder, mediaId: string): Promise<boolean> {
  return inOrg(db, link.org_id, async (tx) => {
    const renditions = await renditionsOf(tx, link.org_id, [link.request_id])
    return renditions.some(({ content: { segments, featured } }) =>
      [
        featured,
        ...segments.flatMap(({ media, link: card }) => [...media, card?.imageId ? { id: card.imageId } : undefined]),
      ].some((item) => item?.id === mediaId),
    )
  })
}
