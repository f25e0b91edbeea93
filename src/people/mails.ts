// The letters that people get: an invitation, a way to a new password. Secrets wait in the queue sealed.

import { z } from 'zod'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { mailedSecret } from './mail-proof.ts'
import { invitationState } from './rules.ts'
import { readOrganisation } from './store.ts'
import { readInvitation } from './store-invitations.ts'
import { readUser } from './store-users.ts'

export const invitationMail = {
  name: 'people.send-invitation',
  payload: z.object({ orgId: z.uuid(), invitationId: z.uuid(), sealedSecret: z.string() }),
}

export const passwordResetMail = {
  name: 'people.send-password-reset',
  payload: z.object({ userId: z.uuid(), sealedToken: z.string() }),
}

/** What binds the sealed secrets of waiting letters to their place. */
export const invitationPurpose = (id: string): string => `invitation:${id}`
export const resetPurpose = (userId: string): string => `password-reset:${userId}`

export const invitationLink = (publicUrl: string, secret: string): string => `${publicUrl}/join/${secret}`

/** Enqueues the letter; false where no mail server is set up, so that the inviting person hands on the link. */
export async function mailInvitation(
  { queue, mailer, sealer }: Services,
  tx: Tx,
  invitation: { orgId: string; id: string; secret: string },
): Promise<boolean> {
  if (!mailer.available) return false
  const sealedSecret = sealer.seal(invitation.secret, invitationPurpose(invitation.id)).toString('base64')
  await queue.send(tx, invitationMail, { orgId: invitation.orgId, invitationId: invitation.id, sealedSecret })
  return true
}

export async function writeInvitation(
  services: Services,
  { orgId, invitationId, sealedSecret }: z.infer<typeof invitationMail.payload>,
): Promise<void> {
  const { db, sealer, mailer, publicUrl, clock, config } = services
  const facts = await inOrg(db, orgId, async (tx) => ({
    invitation: await readInvitation(tx, orgId, invitationId),
    organisation: await readOrganisation(tx, orgId),
  }))
  if (!facts.invitation || !facts.organisation) return
  const { accepted_at: acceptedAt, revoked_at: revokedAt, expires_at: expiresAt, email, role } = facts.invitation
  if (invitationState({ acceptedAt, revokedAt, expiresAt }, clock()) !== 'open') return
  const secret = sealer.open(Buffer.from(sealedSecret, 'base64'), invitationPurpose(invitationId))
  const lines = [
    `You are invited to ${facts.organisation.name} on Longrun as ${role}.`,
    `Open this link to join:\n${invitationLink(publicUrl, mailedSecret(config.secrets, secret))}`,
    `It works once and until ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC. If you did not expect it, do nothing.`,
  ]
  await mailer.send({
    to: email,
    subject: `Join ${facts.organisation.name} on Longrun`,
    text: `${lines.join('\n\n')}\n`,
  })
}

export async function sendPasswordReset({ db, queue, sealer }: Services, userId: string, token: string): Promise<void> {
  const sealedToken = sealer.seal(token, resetPurpose(userId)).toString('base64')
  await asSystem(db, (tx) => queue.send(tx, passwordResetMail, { userId, sealedToken }))
}

export async function writePasswordReset(
  { db, sealer, mailer, publicUrl }: Services,
  { userId, sealedToken }: z.infer<typeof passwordResetMail.payload>,
): Promise<void> {
  const user = await readUser(db, userId)
  const token = sealer.open(Buffer.from(sealedToken, 'base64'), resetPurpose(userId))
  const lines = [
    `Somebody, probably you, asked for a new password for ${user.email} on Longrun.`,
    `Choose it here:\n${publicUrl}/reset-password?token=${encodeURIComponent(token)}`,
    'The link works once, for an hour. If you did not ask for it, do nothing: your password stays as it is.',
  ]
  await mailer.send({ to: user.email, subject: 'A new password for Longrun', text: `${lines.join('\n\n')}\n` })
}
