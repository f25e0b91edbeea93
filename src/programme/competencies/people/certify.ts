// Verbs of certificates: given by what was shown, ended, and told before they end. Nobody's own word gives one.

import type { z } from 'zod'
import { asSystem, inOrg, readInOrg, type Tx } from '../../../db/tx.ts'
import { record } from '../../../events/actions.ts'
import { notify } from '../../../events/notify.ts'
import { countingTraining, countingTrainings } from '../../../inbox/trainings/for-programme.ts'
import { dayIn } from '../../../lib/days.ts'
import { linkTo } from '../../../lib/links.ts'
import { notFound, Refusal } from '../../../lib/refusal.ts'
import { isActiveMember, readActors, readOrganisationZone } from '../../../people/directory.ts'
import type { Caller } from '../../../people/types.ts'
import type { Services } from '../../../services.ts'
import { mustGoOn, todayOf } from '../../actions.ts'
import { findGoingOn } from '../../store.ts'
import { findCompetency, findObservation, goodObservations } from '../store.ts'
import type { peopleView } from './contract.ts'
import { certificateState, daysAhead } from './rules.ts'
import { type CertificateRow, certificateRows, insertCertificate, markCertificate, markEnding } from './store.ts'
import type { CertificateFacts, Proof } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof peopleView>

export const listCertificates = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown> =>
  readInOrg(db, orgId, (tx) => show(tx, orgId, clock()))

/** @throws Refusal `no-programme`, `member-unknown`, `proof-not-theirs`, `training-does-not-count`, `proof-of-oneself`, `day-past`. */
export const giveCertificate = ({ db, clock }: Deps, caller: Caller, facts: CertificateFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = clock()
    const programme = await mustGoOn(tx, orgId)
    const rung = await findCompetency(tx, orgId, facts.competencyId)
    if (!rung || rung.programme_id !== programme.id || rung.removed_at) throw notFound('competency')
    if (!(await isActiveMember(tx, orgId, facts.memberId))) throw new Refusal('member-unknown', { field: 'memberId' })
    const today = await todayOf(tx, orgId, at)
    const { since, until, evidence } = await (facts.how === 'training'
      ? byTraining(tx, orgId, facts, today)
      : byObservation(tx, orgId, facts))
    if (until !== null && until < today) throw new Refusal('day-past', { field: 'until' })
    const { competencyId, how } = facts
    const given = { competencyId, memberId: facts.memberId, how, since, until, evidence, by: memberId, at }
    const id = await insertCertificate(tx, orgId, given)
    const told = { name: rung.name, memberId: facts.memberId, how, until }
    await record(tx, orgId, actor, at, { verb: 'certificate.given', subject: { kind: 'certificate', id }, facts: told })
    return show(tx, orgId, at)
  })

interface Proven {
  since: string
  until: string | null
  evidence: Record<string, unknown>
}

/** It never counts longer than the training. */
async function byTraining(tx: Tx, orgId: string, facts: CertificateFacts, today: string): Promise<Proven> {
  const training = await countingTraining(tx, orgId, facts.proofId, today)
  if (!training) throw new Refusal('training-does-not-count', { field: 'proofId' })
  if (training.memberId !== facts.memberId) throw new Refusal('proof-not-theirs', { field: 'proofId' })
  const ends = [facts.until, training.until].filter((day) => day !== null).sort()
  const { topic, trainer, givenOn, until } = training
  return { since: today, until: ends[0] ?? null, evidence: { topic, trainer, givenOn, until } }
}

async function byObservation(tx: Tx, orgId: string, facts: CertificateFacts): Promise<Proven> {
  const seen = await findObservation(tx, orgId, facts.proofId)
  const isThere = seen && !seen.taken_back_at && seen.competency_id === facts.competencyId && seen.outcome === 'holds'
  if (!isThere || seen.member_id !== facts.memberId) throw new Refusal('proof-not-theirs', { field: 'proofId' })
  if (seen.made_by === facts.memberId) throw new Refusal('proof-of-oneself', { field: 'proofId' })
  const by = (await readActors(tx, orgId, [seen.made_by]))(seen.made_by).name
  const on = dayIn(seen.made_at, await readOrganisationZone(tx, orgId))
  return { since: on, until: facts.until, evidence: { said: seen.said, by, on } }
}

const mark =
  (isEnded: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const { orgId, memberId, actor } = caller
      const at = clock()
      const [row] = await certificateRows(tx, orgId, id)
      if (!row) throw notFound('certificate')
      if ((row.ended_at !== null) === isEnded) return show(tx, orgId, at)
      await markCertificate(tx, orgId, id, isEnded ? { at, by: memberId } : null)
      const verb = isEnded ? 'certificate.ended' : 'certificate.resumed'
      const facts = { name: row.name, memberId: row.member_id }
      await record(tx, orgId, actor, at, { verb, subject: { kind: 'certificate', id }, facts })
      return show(tx, orgId, at)
    })

export const endCertificate = mark(true)
export const resumeCertificate = mark(false)

const mostTold = 200

/** Who loses one soon is told in time to show it again, and so is whoever gave it. */
export const tellEndingCertificates = (
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>,
): Promise<void> =>
  asSystem(services.db, async (tx) => {
    const now = services.clock()
    for (const row of await markEnding(tx, { now, days: daysAhead, limit: mostTold })) {
      const asked = [row.member_id, row.given_by]
      const active = await Promise.all(asked.map((id) => isActiveMember(tx, row.org_id, id)))
      if (!active[0]) continue
      const who = (await readActors(tx, row.org_id, [row.member_id]))(row.member_id).name
      await notify(tx, services, row.org_id, {
        memberIds: asked.filter((_, at) => active[at]),
        kind: 'certificate-ending',
        facts: { name: row.name, until: row.until, member: who },
        subject: { kind: 'certificate', id: row.id },
        mail: {
          subject: `“${row.name}” of ${who} counts until ${row.until}`,
          text: `Show it again before then: by a training that counts, or by what somebody sees of ${who} at work.\n\nLadder: ${linkTo(services.publicUrl, row.org_id, 'programme/people')}\n`,
        },
      })
    }
  })

async function show(tx: Tx, orgId: string, now: Date): Promise<Shown> {
  const today = await todayOf(tx, orgId, now)
  const rows = await certificateRows(tx, orgId)
  const proofs = await openProofs(tx, orgId, { rows, today })
  const who = await readActors(tx, orgId, [
    ...rows.flatMap(({ member_id, given_by }) => [member_id, given_by]),
    ...proofs.map(({ memberId }) => memberId),
  ])
  return {
    today,
    certificates: rows.map((row) => ({
      ...{ id: row.id, competencyId: row.competency_id, competency: row.name, member: who(row.member_id) },
      ...{ since: row.since, until: row.until, how: row.how as Proof },
      state: certificateState({ until: row.until, endedAt: row.ended_at }, today),
      ...{ evidence: row.evidence as Record<string, unknown> },
      ...{ givenAt: row.given_at.toISOString(), givenBy: who(row.given_by) },
    })),
    proofs: proofs.map(({ memberId, ...proof }) => ({ ...proof, member: who(memberId) })),
  }
}

interface OpenProof {
  how: Proof
  proofId: string
  competencyId: string | null
  memberId: string
  says: string
  until: string | null
}

/** Trainings that count, and what others saw, of those who have no certificate for it yet. */
async function openProofs(
  tx: Tx,
  orgId: string,
  { rows, today }: { rows: readonly CertificateRow[]; today: string },
): Promise<OpenProof[]> {
  const programme = await findGoingOn(tx, orgId)
  if (!programme) return []
  const has = new Set(
    rows
      .filter(({ until, ended_at }) => ended_at === null && (until === null || until >= today))
      .map(({ competency_id, member_id }) => `${competency_id} ${member_id}`),
  )
  const seen = await goodObservations(tx, orgId, programme.id)
  const trainings = await countingTrainings(tx, orgId, today)
  return [
    ...seen
      .filter(({ competency_id, member_id }) => !has.has(`${competency_id} ${member_id}`))
      .map(
        ({ id, competency_id, member_id, said }): OpenProof => ({
          ...{
            how: 'observation',
            proofId: id,
            competencyId: competency_id,
            memberId: member_id,
            says: said,
            until: null,
          },
        }),
      ),
    ...trainings.map(
      ({ id, memberId, topic, until }): OpenProof => ({
        ...{ how: 'training', proofId: id, competencyId: null, memberId, says: topic, until },
      }),
    ),
  ]
}
