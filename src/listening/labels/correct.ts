// Verbs by which people say how a mention is to be understood, and take that back: labels, counts and the record in one transaction.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { Held, MentionKey } from '../mentions/held.ts'
import { holdMentions, relabel } from '../mentions/relabel.ts'
import { findMention } from '../mentions/store-read.ts'
import type { Labels } from '../mentions/types.ts'
import { type MentionShown, viewOfMention } from '../mentions/views.ts'
import { topicIdsByNumber } from '../topics/store.ts'
import { columnText, standing, withValue } from './rules.ts'
import { type CorrectionRow, correctionsOf, insertCorrections, markUndone } from './store.ts'
import { type Correctable, correctable } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export interface LabelInput {
  sentiment?: -1 | 0 | 1 | undefined
  emotion?: string | undefined
  intent?: string | undefined
  crisis?: boolean | undefined
  offensive?: boolean | undefined
  language?: string | undefined
}

/** As columns hold it, as text; percentages of what people say are all or nothing. */
function given(input: LabelInput): Map<Correctable, string | null> {
  const values = new Map<Correctable, string | null>()
  for (const label of correctable) {
    const value = input[label]
    if (value === undefined) continue
    values.set(label, value === 'none' ? null : typeof value === 'boolean' ? (value ? '100' : '0') : String(value))
  }
  return values
}

/** @throws Refusal `not-found`. */
export const correctLabels = (
  { db, clock }: Deps,
  caller: Caller,
  { id, ...input }: LabelInput & { id: string },
): Promise<{ mention: MentionShown; corrections: string[] }> =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    const held = await holdOne(tx, caller.orgId, id)
    const before = held.labels
    const corrections = await setByPeople(tx, [{ held, values: given(input) }], { at: now, by: caller.memberId })
    const mention = await shown(tx, caller.orgId, id)
    if (corrections.length > 0)
      await record(tx, caller.orgId, caller.actor, now, {
        verb: 'mention.labelled',
        subject: { kind: 'mention', id },
        facts: { before: told(before, input), labels: { ...input } },
      })
    return { mention, corrections }
  })

const told = (labels: Labels, input: LabelInput) =>
  Object.fromEntries(
    correctable.filter((label) => input[label] !== undefined).map((label) => [label, columnText(labels, label)]),
  )

/** @throws Refusal `not-found` where one is not of this mention. Twice is as once. */
export const undoCorrections = (
  { db, clock }: Deps,
  caller: Caller,
  { id, corrections }: { id: string; corrections: string[] },
): Promise<MentionShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    const held = await holdOne(tx, caller.orgId, id)
    const known = await correctionsOf(tx, caller.orgId, [id])
    const touched = known.filter((each) => corrections.includes(each.id))
    if (touched.length < new Set(corrections).size) throw notFound('correction')
    await markUndone(tx, caller.orgId, corrections, { at: now, by: caller.memberId })
    const after = known.map((each) =>
      corrections.includes(each.id) ? { ...each, undone_at: each.undone_at ?? now } : each,
    )
    let { labels } = held
    for (const label of new Set(touched.map((each) => each.label as Correctable))) {
      const { value, certainty } = standing(saidOf(after, label))
      labels = withValue(labels, label, value, certainty)
    }
    const last = after.findLast(({ undone_at }) => undone_at === null)
    await relabel(tx, [{ held, labels, labelledAt: last?.at ?? null }])
    const mention = await shown(tx, caller.orgId, id)
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'mention.label-undone',
      subject: { kind: 'mention', id },
      facts: { labels: touched.map(({ label }) => label) },
    })
    return mention
  })

export const readCorrections = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const rows = await correctionsOf(tx, orgId, [id])
    const who = await readActors(
      tx,
      orgId,
      rows.map(({ by }) => by),
    )
    return rows.toReversed().map((row) => ({
      id: row.id,
      label: row.label as Correctable,
      before: row.before,
      after: row.after,
      machine: row.machine,
      setId: row.set_id,
      at: row.at.toISOString(),
      by: who(row.by),
      undoneAt: row.undone_at?.toISOString() ?? null,
    }))
  })

export interface ByPeople {
  held: Held
  values: ReadonlyMap<Correctable, string | null>
}

/** Sets labels of mentions that this transaction holds, and keeps who said so; answers the ids of what it kept. */
export async function setByPeople(
  tx: Tx,
  given: readonly ByPeople[],
  { at, by, setId = null }: { at: Date; by: string; setId?: string | null },
): Promise<string[]> {
  const [first] = given
  if (!first) return []
  const { orgId } = first.held
  const earlier = Map.groupBy(
    await correctionsOf(
      tx,
      orgId,
      given.map(({ held }) => held.id),
    ),
    (row) => row.mention_id,
  )
  const rows = given.flatMap(({ held, values }) =>
    [...values].map(([label, after]) => {
      const [before] = saidOf(earlier.get(held.id) ?? [], label)
      return {
        org_id: orgId,
        id: newId(),
        mention_id: held.id,
        mention_at: held.at,
        label,
        before: columnText(held.labels, label),
        after,
        machine: before ? before.machine : columnText(held.labels, label),
        machine_certainty: before
          ? before.machineCertainty
          : label === 'sentiment'
            ? held.labels.sentimentCertainty
            : null,
        set_id: setId,
        at,
        by,
      }
    }),
  )
  await insertCorrections(tx, rows)
  await relabel(
    tx,
    given
      .filter(({ values }) => values.size > 0)
      .map(({ held, values }) => ({
        held,
        labels: [...values].reduce((labels, [label, value]) => withValue(labels, label, value), held.labels),
        labelledAt: at,
      })),
  )
  return rows.map(({ id }) => id)
}

const saidOf = (rows: readonly CorrectionRow[], label: Correctable) =>
  rows
    .filter((row) => row.label === label)
    .map((row) => ({
      label,
      after: row.after,
      machine: row.machine,
      machineCertainty: row.machine_certainty,
      at: row.at,
      undoneAt: row.undone_at,
    }))

async function holdOne(tx: Tx, orgId: string, id: string): Promise<Held> {
  const row = await findMention(tx, orgId, id)
  const key: MentionKey | null = row ? { orgId, id, at: row.at } : null
  const [held] = key ? await holdMentions(tx, [key]) : []
  if (!held) throw notFound('mention')
  return held
}

async function shown(tx: Tx, orgId: string, id: string): Promise<MentionShown> {
  return viewOfMention((await findMention(tx, orgId, id))!, await topicIdsByNumber(tx, orgId))
}
