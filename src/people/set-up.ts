// The first start: creates the owner and the first organisation, once; and further organisations later.

import { asSystem, type Tx } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import type { Auth } from './auth.ts'
import { addressOf, slugFor } from './rules.ts'
import { insertMember, insertOrganisation, type OrganisationRow, readSlugs } from './store.ts'
import { anyUserExists, insertUser, lockSetUp } from './store-users.ts'

export interface FirstOwner {
  name: string
  email: string
  password: string
  organisation: string
  timeZone: string
}

/** @throws Refusal `already-set-up` when a user exists. */
export async function setUpInstallation(
  { db, clock }: Services,
  auth: Auth,
  first: FirstOwner,
): Promise<OrganisationRow> {
  if (await anyUserExists(db)) throw new Refusal('already-set-up', { status: 409 })
  const passwordHash = await (await auth.$context).password.hash(first.password)
  const at = clock()
  return asSystem(db, async (tx) => {
    await lockSetUp(tx)
    if (await anyUserExists(tx)) throw new Refusal('already-set-up', { status: 409 })
    const userId = newId()
    const user = {
      id: userId,
      name: first.name,
      email: addressOf(first.email),
      emailVerified: true,
      timeZone: first.timeZone,
      passwordHash,
    }
    await insertUser(tx, user, at)
    return foundOrganisation(tx, { name: first.organisation, timeZone: first.timeZone, userId }, at)
  })
}

export const createOrganisation = (
  { db, clock }: Services,
  founder: { name: string; timeZone: string; userId: string },
): Promise<OrganisationRow> => asSystem(db, (tx) => foundOrganisation(tx, founder, clock()))

async function foundOrganisation(
  tx: Tx,
  { name, timeZone, userId }: { name: string; timeZone: string; userId: string },
  at: Date,
): Promise<OrganisationRow> {
  const orgId = newId()
  // Two organisations of one name at one moment: the lock lets the second see the first one's slug.
  await lockSetUp(tx)
  const slug = slugFor(name, await readSlugs(tx, slugFor(name, new Set())))
  const organisation = { id: orgId, name, slug, time_zone: timeZone, created_at: at }
  await insertOrganisation(tx, { ...organisation, created_by: userId })
  const { id: memberId } = await insertMember(tx, {
    org_id: orgId,
    id: newId(),
    user_id: userId,
    role: 'owner',
    department_id: null,
    created_at: at,
  })
  await record(tx, orgId, { kind: 'member', id: memberId }, at, {
    verb: 'organisation.created',
    subject: { kind: 'organisation', id: orgId },
    facts: { name, slug, timeZone },
  })
  return organisation
}
