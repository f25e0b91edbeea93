// Links for people outside: made, mailed and revoked. Only the hash of a secret is kept; the letter waits in the queue sealed.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { sha256Hex } from '../../lib/hash.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { newSecret } from '../../lib/secrets.ts'
import { type Outsider, readOutsider } from '../../people/outsiders.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { settleRequest } from './standing.ts'
import { deleteSteps, findRequest, insertSteps, type RequestRow, stepsOf } from './store.ts'
import { insertLink, type LinkRow, readLink, replaceLinks, revokeLinkRow } from './store-links.ts'
import type { StepRule } from './types.ts'
import { onOpenRequest } from './vote.ts'

export const linkDays = 14
const dayMs = 86_400_000

export const reviewMail = {
  name: 'approvals.mail-link',
  payload: z.object({ orgId: z.uuid(), linkId: z.uuid(), sealedSecret: z.string() }),
}

const purposeOf = (linkId: string): string => `review-link:${linkId}`

const addressOf = (publicUrl: string, secret: string): string => `${publicUrl}/review/${secret}`

/** Asked for at this request alone: whoever leads answers in their place after two days. */
const invitedRule = (outsiderId: string): StepRule => ({
  approvers: [{ kind: 'outsider', id: outsiderId }],
  ...{ needed: 1, deputies: [], notAuthor: false, remindAfter: 1440, deputyAfter: null, managerAfter: 2880 },
})

export interface MadeLink {
  link: LinkRow
  /** Shown once: the database has its hash only. */
  url: string
}

/** A new link for a request; it takes the place of an older one. Mailed where there is a mail server. */
export async function makeLink(
  tx: Tx,
  { sealer, queue, mailer, publicUrl }: Pick<Services, 'sealer' | 'queue' | 'mailer' | 'publicUrl'>,
  request: Pick<RequestRow, 'org_id' | 'id'>,
  { outsiderId, by, now, days = linkDays }: { outsiderId: string; by: string | null; now: Date; days?: number },
): Promise<MadeLink> {
  const secret = newSecret()
  await replaceLinks(tx, request.org_id, { requestId: request.id, outsiderId }, now)
  const link = await insertLink(tx, {
    ...{ org_id: request.org_id, id: newId(), request_id: request.id, outsider_id: outsiderId },
    ...{ secret_hash: sha256Hex(secret), created_at: now, created_by: by, mailed: mailer.available },
    expires_at: new Date(now.getTime() + days * dayMs),
  })
  if (mailer.available) {
    const sealedSecret = sealer.seal(secret, purposeOf(link.id)).toString('base64')
    await queue.send(tx, reviewMail, { orgId: request.org_id, linkId: link.id, sealedSecret })
  }
  return { link, url: addressOf(publicUrl, secret) }
}

/** Asks somebody outside about one request. Where no step names them yet, their consent is needed from now on. */
export function inviteOutsider(
  services: Services,
  caller: Caller,
  { id, outsiderId, days }: { id: string; outsiderId: string; days: number },
): Promise<MadeLink> {
  return onOpenRequest(
    services,
    caller.orgId,
    id,
    async ({ tx, found, request, now }) => {
      const outsider = await livingOutsider(tx, caller.orgId, outsiderId)
      const named = (await stepsOf(tx, caller.orgId, [id])).some(({ rule }) =>
        [...rule.approvers, ...rule.deputies].some((each) => each.kind === 'outsider' && each.id === outsiderId),
      )
      if (!named)
        await insertSteps(tx, [
          {
            ...{ org_id: caller.orgId, id: newId(), request_id: id, lane_id: null, kind: 'invited', position: 0 },
            ...{ lane_name: outsider.name, rule: invitedRule(outsiderId), reasons: [{ code: 'invited' }] },
          },
        ])
      const made = await makeLink(tx, services, request, { outsiderId, by: caller.memberId, now, days })
      const settled = await settleRequest(tx, { found, request, now })
      const facts = { requestId: id, linkId: made.link.id, name: outsider.name, mailed: made.link.mailed }
      const event = { verb: 'review-link.made', subject: { kind: 'post', id: found.post.id }, facts }
      return { result: made, events: [event, ...settled] }
    },
    caller.actor,
  )
}

async function livingOutsider(tx: Tx, orgId: string, id: string): Promise<Outsider> {
  const outsider = await readOutsider(tx, orgId, id)
  if (!outsider || outsider.removed_at) throw new Refusal('outsider-not-found', { field: 'outsiderId' })
  return outsider
}

/** The link ends at once, and none takes its place by itself. Their consent is waited for all the same: see `uninviteOutsider`. */
export function revokeLink(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, link: linkId }: { id: string; link: string },
): Promise<void> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    const request = await findRequest(tx, caller.orgId, id)
    const revoked = await revokeLinkRow(tx, caller.orgId, { id: linkId, requestId: id }, { at, by: caller.memberId })
    if (!revoked || !request) throw notFound('link')
    const outsider = await readOutsider(tx, caller.orgId, revoked.outsider_id)
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'review-link.revoked',
      subject: { kind: 'post', id: request.post_id },
      facts: { requestId: id, linkId, name: outsider?.name },
    })
  })
}

/** Somebody who was invited to this request alone is not waited for any more. */
export const uninviteOutsider = (
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, outsiderId }: { id: string; outsiderId: string },
): Promise<void> =>
  onOpenRequest(
    services,
    caller.orgId,
    id,
    async ({ tx, found, request, now }) => {
      const own = (await stepsOf(tx, caller.orgId, [id])).filter(
        ({ kind, rule }) => kind === 'invited' && rule.approvers.some((each) => 'id' in each && each.id === outsiderId),
      )
      if (own.length === 0) throw notFound('invitation')
      await deleteSteps(
        tx,
        caller.orgId,
        own.map((row) => row.id),
      )
      await replaceLinks(tx, caller.orgId, { requestId: id, outsiderId }, now)
      const settled = await settleRequest(tx, { found, request, now })
      const facts = { requestId: id, name: own[0]!.lane_name }
      const event = { verb: 'review-link.revoked', subject: { kind: 'post', id: found.post.id }, facts }
      return { result: undefined, events: [event, ...settled] }
    },
    caller.actor,
  )

/** The letter with the link. Nothing is sent when the link has ended by then. */
export async function writeReviewMail(
  services: Services,
  { orgId, linkId, sealedSecret }: z.infer<typeof reviewMail.payload>,
): Promise<void> {
  const { db, sealer, mailer, publicUrl, clock } = services
  const facts = await inOrg(db, orgId, async (tx) => {
    const link = await readLink(tx, orgId, linkId)
    const outsider = link && (await readOutsider(tx, orgId, link.outsider_id))
    const organisation = await tx.selectFrom('organisations').select('name').where('id', '=', orgId).executeTakeFirst()
    return link && outsider && organisation ? { link, outsider, organisation } : null
  })
  if (!facts || facts.link.revoked_at || facts.link.expires_at <= clock() || facts.outsider.removed_at) return
  const secret = sealer.open(Buffer.from(sealedSecret, 'base64'), purposeOf(linkId))
  const lines = [
    `${facts.organisation.name} asks for your consent to a post before it is published.`,
    `Look at it, comment on it, and approve it or not, here:\n${addressOf(publicUrl, secret)}`,
    `The link is for you alone and works until ${facts.link.expires_at.toISOString().slice(0, 16).replace('T', ' ')} UTC. You need no account.`,
  ]
  await mailer.send({
    to: facts.outsider.email,
    subject: `${facts.organisation.name}: a post waits for your consent`,
    text: `${lines.join('\n\n')}\n`,
  })
}
