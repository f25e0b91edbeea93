// Verbs of sources: add, change, pause, resume, remove; and how each of them is.

import type { z } from 'zod'
import { accountRow } from '../../accounts/session.ts'
import { policy } from '../../connectors/policy.ts'
import { findConnector } from '../../connectors/registry.ts'
import { asSystem, type Db, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { sourceView } from './contract.ts'
import { findKind, offeredKinds } from './kinds.ts'
import { costOf, lagMs, stateOf } from './rules.ts'
import {
  insertSource,
  markSource,
  readerFor,
  type SourceRow,
  sameSource,
  sourceRows,
  updateSource,
  volumeRows,
  wakeReader,
} from './store.ts'
import { byHand, type SourceFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof sourceView>

export const sourceKinds = () =>
  offeredKinds().map(({ connector, kind }) => ({
    connector: connector.id,
    connectorName: connector.name,
    kind: kind.key,
    label: kind.label,
    help: kind.help,
    way: kind.way,
    needsAccount: kind.needsAccount,
    everySeconds: kind.everySeconds ?? null,
    fields: kind.fields,
  }))

export const listSources = ({ db, clock }: Deps, { orgId }: Caller): Promise<Shown[]> =>
  inOrg(db, orgId, async (tx) => {
    const now = clock()
    return (await sourceRows(tx, orgId, now)).map((row) => shown(row, now))
  })

export const readSource = ({ db, clock }: Deps, { orgId }: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(db, orgId, async (tx) => showOne(tx, orgId, id, clock()))

export const readVolume = ({ db, clock }: Deps, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const { reader_id } = await mustFind(tx, orgId, id, clock())
    if (!reader_id) return []
    const rows = await volumeRows(tx, reader_id, new Date(clock().getTime() - 2 * 86_400_000))
    return rows.map(({ at, heard, unreadable, bytes, lag_ms }) => ({
      at: at.toISOString(),
      heard,
      unreadable,
      bytes: Number(bytes),
      lagMs: lag_ms,
    }))
  })

interface NewSource extends SourceFacts {
  connector: string
  kind: string
  values: Record<string, string>
  accountId: string | null
}

/** @throws Refusal where its kind is not known, a field cannot work, the account is not there, or it is listened to already. */
export async function addSource({ db, clock }: Deps, caller: Caller, source: NewSource): Promise<Shown> {
  const { orgId } = caller
  const kind = findKind(source.connector, source.kind)
  if (!kind) throw new Refusal('source-kind-not-known', { field: 'kind' })
  const normal = kind.normalise(source.values)
  if ('field' in normal) throw new Refusal(normal.code, { field: `values.${normal.field}` })
  if (kind.needsAccount && !source.accountId) throw new Refusal('account-needed', { field: 'accountId' })
  const accountId = kind.needsAccount ? source.accountId : null
  if (accountId) await mustOwn(db, orgId, accountId, source.connector)
  const { settings } = normal
  const now = clock()
  // Readers belong to the installation, so this transaction speaks for it; all that follows names the organisation.
  const id = await asSystem(db, async (tx) => {
    const only = kind.shared ? null : { orgId, accountId }
    const readerId = await readerFor(tx, { connector: source.connector, kind: source.kind, settings, only }, now)
    if (await sameSource(tx, orgId, readerId)) throw new Refusal('source-is-there', { field: 'kind' })
    const made = await insertSource(tx, orgId, {
      ...source,
      settings,
      accountId,
      readerId,
      at: now,
      by: caller.memberId,
    })
    await wakeReader(tx, readerId, now)
    await tell(tx, caller, 'source.added', made, source.name, now)
    return made
  })
  return readSource({ db, clock }, caller, { id })
}

async function mustOwn(db: Db, orgId: string, accountId: string, connector: string): Promise<void> {
  const account = await inOrg(db, orgId, (tx) => accountRow(tx, orgId, accountId))
  if (account.connector !== connector) throw new Refusal('account-of-another-network', { field: 'accountId' })
}

export const changeSource = (
  { db, clock }: Deps,
  caller: Caller,
  { id, ...facts }: SourceFacts & { id: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    await mustFind(tx, caller.orgId, id, now)
    if ((facts.costPerThousand === null) !== (facts.currency === null))
      throw new Refusal('cost-needs-currency', { field: 'currency' })
    await updateSource(tx, caller.orgId, id, facts)
    await tell(tx, caller, 'source.changed', id, facts.name, now)
    return showOne(tx, caller.orgId, id, now)
  })

export const pauseSource = (deps: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  markAndWake(deps, caller, id, {
    verb: 'source.paused',
    applies: (row) => !row.paused_at,
    mark: (at) => ({ paused_at: at, paused_by: caller.memberId }),
  })

/** Of one that is not paused it tries again at once. */
export const resumeSource = (deps: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  markAndWake(deps, caller, id, {
    verb: 'source.resumed',
    applies: (row) => row.kind !== byHand && !row.removed_at,
    mark: () => ({ paused_at: null, paused_by: null }),
  })

export async function removeSource(deps: Deps, caller: Caller, { id }: { id: string }): Promise<void> {
  await markAndWake(deps, caller, id, {
    verb: 'source.removed',
    applies: (row) => !row.removed_at,
    mark: (at) => ({ removed_at: at, removed_by: caller.memberId }),
  })
}

/** @throws Refusal where the same was added again meanwhile. */
export const restoreSource = (deps: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  markAndWake(deps, caller, id, {
    verb: 'source.restored',
    applies: (row) => row.removed_at !== null,
    mark: () => ({ removed_at: null, removed_by: null }),
    alone: true,
  })

interface Change {
  verb: string
  applies: (row: SourceRow) => boolean
  mark: (at: Date) => Parameters<typeof markSource>[3]
  /** Refused where another source reads the same. */
  alone?: true
}

async function markAndWake({ db, clock }: Deps, caller: Caller, id: string, change: Change): Promise<Shown> {
  const { orgId } = caller
  const now = clock()
  await asSystem(db, async (tx) => {
    const row = await mustFind(tx, orgId, id, now)
    if (!change.applies(row)) return
    if (change.alone && row.reader_id && (await sameSource(tx, orgId, row.reader_id)))
      throw new Refusal('source-is-there')
    await markSource(tx, orgId, id, change.mark(now))
    if (row.reader_id) await wakeReader(tx, row.reader_id, now)
    await tell(tx, caller, change.verb, id, row.name, now)
  })
  return readSource({ db, clock }, caller, { id })
}

const tell = (tx: Tx, caller: Caller, verb: string, id: string, name: string, at: Date): Promise<void> =>
  record(tx, caller.orgId, caller.actor, at, { verb, subject: { kind: 'source', id }, facts: { name } })

async function mustFind(tx: Tx, orgId: string, id: string, now: Date): Promise<SourceRow> {
  const [row] = await sourceRows(tx, orgId, now, id)
  if (!row) throw notFound('source')
  return row
}

const showOne = async (tx: Tx, orgId: string, id: string, now: Date): Promise<Shown> =>
  shown(await mustFind(tx, orgId, id, now), now)

const time = (at: Date | null): string | null => at?.toISOString() ?? null

function shown(row: SourceRow, now: Date): Shown {
  const kind = findKind(row.connector, row.kind)
  const pulse = {
    kind: row.kind,
    pausedAt: row.paused_at,
    everySeconds: kind?.way === 'poll' ? (kind.everySeconds ?? null) : null,
    createdAt: row.created_at,
    answeredAt: row.answered_at,
    reachedAt: row.reached_at,
    needsPeople: needsPeople(row.failure_kind) || (kind === null && row.kind !== byHand),
  }
  return {
    id: row.id,
    name: row.name,
    keepsAll: row.keeps_all,
    costPerThousand: row.cost_per_thousand,
    currency: row.currency,
    connector: row.connector,
    connectorName: findConnector(row.connector)?.name ?? (row.kind === byHand ? 'By hand' : row.connector),
    kind: row.kind,
    kindLabel: kind?.label ?? row.kind,
    settings: row.settings as Shown['settings'],
    accountId: row.account_id,
    state: stateOf(pulse, now),
    failureCode: row.failure_code,
    failedAt: time(row.failed_at),
    answeredAt: time(row.answered_at),
    heardAt: time(row.heard_at),
    lagMs: lagMs(pulse, now),
    heardToday: row.heard,
    keptToday: row.kept,
    costToday: costOf(row.heard, row.cost_per_thousand),
    gaps: row.gaps.map(gapView),
    createdAt: row.created_at.toISOString(),
    pausedAt: time(row.paused_at),
  }
}

const needsPeople = (kind: SourceRow['failure_kind']): boolean =>
  kind !== null && (policy[kind].read === 'stop' || policy[kind].read === 'reconnect')

/** JSON that the database made writes instants in its own way. */
const gapView = (gap: SourceRow['gaps'][number]): Shown['gaps'][number] => ({
  from: time(gap.from === null ? null : new Date(gap.from)),
  to: time(gap.to === null ? null : new Date(gap.to)),
  reason: gap.reason,
  statedAt: new Date(gap.statedAt).toISOString(),
  filledAt: time(gap.filledAt === null ? null : new Date(gap.filledAt)),
})
