// Verbs of what colleagues keep of a contact: tags, notes, consents. What members of a walled department keep is theirs alone.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { ownWall, wallOf } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import {
  deleteTag,
  emptyNote,
  insertConsent,
  insertNote,
  insertTag,
  type Keeping,
  withdrawConsent,
} from './store-kept.ts'
import { lockContacts } from './store-moves.ts'
import { type ContactShown, contactShown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

interface Done {
  verb: string
  facts?: Record<string, unknown>
  /** Behind which wall it is kept. */
  wallId: string | null
}

/** null: nothing had to be done. */
type Work = (tx: Tx, keeping: Keeping) => Promise<Done | null>

const keep = ({ db, clock }: Deps, { orgId, memberId, actor }: Caller, id: string, work: Work): Promise<ContactShown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    if (!(await lockContacts(tx, orgId, [id])).has(id)) throw notFound('contact')
    const subject = { kind: 'contact', id }
    const done = await work(tx, { orgId, contactId: id, wallId: await ownWall(tx), at, by: memberId })
    const shown = await contactShown(tx, orgId, id)
    if (done) {
      const { verb, facts, wallId } = done
      await record(tx, orgId, actor, at, { verb, subject, facts, wallId: wallId ?? (await wallOf(tx, orgId, subject)) })
    }
    return shown
  })

type Kept = { id: string; keptId: string }

export const tagContact = (services: Deps, caller: Caller, { id, tag }: { id: string; tag: string }) =>
  keep(services, caller, id, async (tx, keeping) =>
    (await insertTag(tx, keeping, tag)) ? { verb: 'contact.tagged', facts: { tag }, wallId: keeping.wallId } : null,
  )

export const untagContact = (services: Deps, caller: Caller, { id, keptId }: Kept) =>
  keep(services, caller, id, async (tx, keeping) => {
    const gone = await deleteTag(tx, keeping, keptId)
    return gone ? { verb: 'contact.untagged', facts: { tag: gone.tag }, wallId: gone.wall_id } : null
  })

export const noteOnContact = (services: Deps, caller: Caller, { id, text }: { id: string; text: string }) =>
  keep(services, caller, id, async (tx, keeping) => {
    await insertNote(tx, keeping, text)
    return { verb: 'contact.noted', wallId: keeping.wallId }
  })

export const removeContactNote = (services: Deps, caller: Caller, { id, keptId }: Kept) =>
  keep(services, caller, id, async (tx, keeping) => {
    const gone = await emptyNote(tx, keeping, keptId, keeping)
    if (!gone) throw notFound('note')
    return { verb: 'contact.note-removed', wallId: gone.wall_id }
  })

interface Consenting {
  id: string
  purpose: string
  evidence: string
  givenAt?: string | undefined
}

/** @throws Refusal `consent-in-future`. */
export const noteConsent = (services: Deps, caller: Caller, { id, purpose, evidence, givenAt }: Consenting) =>
  keep(services, caller, id, async (tx, keeping) => {
    const given = givenAt ? new Date(givenAt) : keeping.at
    if (given > keeping.at) throw new Refusal('consent-in-future', { field: 'givenAt' })
    await insertConsent(tx, keeping, { purpose, evidence, givenAt: given })
    return { verb: 'contact.consent-noted', facts: { purpose }, wallId: keeping.wallId }
  })

/** @throws Refusal `consent-withdrawn` where it is taken back already. */
export const withdrawContactConsent = (services: Deps, caller: Caller, { id, keptId }: Kept) =>
  keep(services, caller, id, async (tx, keeping) => {
    const gone = await withdrawConsent(tx, keeping, keptId, keeping)
    if (!gone) throw new Refusal('consent-withdrawn', { status: 409, field: 'keptId' })
    return { verb: 'contact.consent-withdrawn', facts: { purpose: gone.purpose }, wallId: gone.wall_id }
  })
