// Verbs of topics: add, change as a new version, pause, remove, and all of them undone.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { mustBelong } from '../../publishing/belonging.ts'
import type { Services } from '../../services.ts'
import type { topicView } from './contract.ts'
import { readQuery, writeQuery } from './language/rules.ts'
import type { Query } from './language/types.ts'
import {
  findTopic,
  insertTopic,
  insertVersion,
  lockTopic,
  markTopic,
  nameIsTaken,
  type TopicRow,
  type TopicTotal,
  topicRows,
  topicTotals,
  updateTopic,
  versionRows,
} from './store.ts'
import type { TopicFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof topicView>

const weekMs = 7 * 86_400_000

export const listTopics = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => {
    const totals = await lastWeek(tx, orgId, clock())
    return (await topicRows(tx, orgId)).map((row) => shown(row, totals))
  })

export const readTopic = ({ db, clock }: Deps, { orgId }: Caller, { id }: { id: string }): Promise<Shown> =>
  readInOrg(db, orgId, (tx) => showOne(tx, orgId, id, clock()))

export const readVersions = ({ db }: Deps, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    await mustFind(tx, orgId, id)
    const rows = await versionRows(tx, orgId, id)
    return rows.map(({ version, query, form, note, at, by }) => ({
      version,
      query,
      form: form as TopicFacts['form'],
      note,
      at: at.toISOString(),
      by,
    }))
  })

/** @throws Refusal where the query cannot be read, with the place, or the name is taken. */
export const addTopic = ({ db, clock }: Deps, caller: Caller, facts: TopicFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const values = await valuesOf(tx, orgId, facts, null)
    const at = clock()
    const id = await insertTopic(tx, orgId, values, { by: memberId, at })
    await insertVersion(tx, orgId, {
      topic_id: id,
      version: 1,
      query: values.query,
      form: values.form,
      note: '',
      at,
      by: memberId,
    })
    await tell(tx, caller, 'topic.added', id, { name: facts.name, kind: facts.kind }, at)
    return showOne(tx, orgId, id, at)
  })

/** @throws Refusal `changed-meanwhile` where somebody was faster; nothing is overwritten. */
export const changeTopic = (
  { db, clock }: Deps,
  caller: Caller,
  { id, version, note, ...facts }: TopicFacts & { id: string; version: number; note: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const row = await lockTopic(tx, orgId, id)
    if (!row || row.removed_at) throw notFound('topic')
    if (row.version !== version)
      throw new Refusal('changed-meanwhile', { status: 409, params: { version: row.version } })
    const values = await valuesOf(tx, orgId, facts, id)
    const at = clock()
    const isNew = values.query !== row.query
    const next = isNew ? version + 1 : version
    if (isNew)
      await insertVersion(tx, orgId, {
        topic_id: id,
        version: next,
        query: values.query,
        form: values.form,
        note,
        at,
        by: memberId,
      })
    await updateTopic(tx, orgId, id, { ...values, version: next })
    await tell(tx, caller, 'topic.changed', id, { name: facts.name, version: next, note }, at)
    return showOne(tx, orgId, id, at)
  })

export const pauseTopic = (deps: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(deps, caller, id, {
    verb: 'topic.paused',
    applies: (row) => !row.paused_at && !row.removed_at,
    marks: (at) => ({ paused_at: at, paused_by: caller.memberId }),
  })

export const resumeTopic = (deps: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(deps, caller, id, {
    verb: 'topic.resumed',
    applies: (row) => row.paused_at !== null,
    marks: () => ({ paused_at: null, paused_by: null }),
  })

export async function removeTopic(deps: Deps, caller: Caller, { id }: { id: string }): Promise<void> {
  await mark(deps, caller, id, {
    verb: 'topic.removed',
    applies: (row) => !row.removed_at,
    marks: (at) => ({ removed_at: at, removed_by: caller.memberId }),
  })
}

/** @throws Refusal where another topic took its name. */
export const restoreTopic = (deps: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  mark(deps, caller, id, {
    verb: 'topic.restored',
    applies: (row) => row.removed_at !== null,
    marks: () => ({ removed_at: null, removed_by: null }),
  })

interface Marking {
  verb: string
  applies: (row: TopicRow) => boolean
  marks: (at: Date) => Parameters<typeof markTopic>[3]
}

const mark = ({ db, clock }: Deps, caller: Caller, id: string, { verb, applies, marks }: Marking): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const row = await lockTopic(tx, orgId, id)
    if (!row) throw notFound('topic')
    const at = clock()
    if (applies(row)) {
      if (row.removed_at && (await nameIsTaken(tx, orgId, row.name, id)))
        throw new Refusal('name-taken', { field: 'name' })
      await markTopic(tx, orgId, id, marks(at))
      await tell(tx, caller, verb, id, { name: row.name }, at)
    }
    return showOne(tx, orgId, id, at)
  })

async function valuesOf(tx: Tx, orgId: string, facts: TopicFacts, id: string | null) {
  const { name, kind, form, ownerId, campaignId } = facts
  if (await nameIsTaken(tx, orgId, name, id)) throw new Refusal('name-taken', { field: 'name' })
  await mustBelong(tx, orgId, { campaignId, ownerId }, '')
  return {
    name,
    kind,
    query: writeQuery(mustRead(facts.query)),
    form: form && JSON.stringify(form),
    owner_id: ownerId,
    campaign_id: campaignId,
  }
}

/** @throws Refusal with the code and place of what is wrong. */
export function mustRead(text: string): Query {
  const reading = readQuery(text)
  if (reading.ok) return reading.query
  const { code, at, end, values } = reading.error
  throw new Refusal(`query-${code}`, { field: 'query', params: { at, end, ...values } })
}

const tell = (
  tx: Tx,
  caller: Caller,
  verb: string,
  id: string,
  facts: Record<string, unknown>,
  at: Date,
): Promise<void> => record(tx, caller.orgId, caller.actor, at, { verb, subject: { kind: 'topic', id }, facts })

async function mustFind(tx: Tx, orgId: string, id: string): Promise<TopicRow> {
  const row = await findTopic(tx, orgId, id)
  if (!row) throw notFound('topic')
  return row
}

async function lastWeek(tx: Tx, orgId: string, now: Date): Promise<Map<number, TopicTotal>> {
  const totals = await topicTotals(tx, orgId, new Date(now.getTime() - weekMs))
  return new Map(totals.map((total) => [total.topic, total]))
}

const showOne = async (tx: Tx, orgId: string, id: string, now: Date): Promise<Shown> =>
  shown(await mustFind(tx, orgId, id), await lastWeek(tx, orgId, now))

function shown(row: TopicRow, totals: Map<number, TopicTotal>): Shown {
  const { total = 0, negative = 0, positive = 0, judged = 0 } = totals.get(row.number) ?? {}
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as Shown['kind'],
    query: row.query,
    form: row.form as Shown['form'],
    ownerId: row.owner_id,
    campaignId: row.campaign_id,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    pausedAt: row.paused_at?.toISOString() ?? null,
    removedAt: row.removed_at?.toISOString() ?? null,
    lastWeek: { total, negative, positive, judged },
  }
}
