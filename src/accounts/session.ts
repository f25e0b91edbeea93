// Opens an account for a connector: its credentials unsealed, a guarded way out, and nothing else.

import { type Selectable, sql } from 'kysely'
import type { AccountView, Json, MediaFile, Renewal, Session } from '../connectors/contract.ts'
import { createHttp } from '../connectors/http.ts'
import type { Letters } from '../connectors/letters.ts'
import { keepPlan } from '../db/pool.ts'
import type { Accounts } from '../db/schema.gen.ts'
import { inOrg, type Tx } from '../db/tx.ts'
import { notFound } from '../lib/refusal.ts'
import type { Services } from '../services.ts'

export type AccountRow = Selectable<Accounts>

export type SessionServices = Pick<Services, 'db' | 'clock' | 'log' | 'sealer' | 'fetch'> & Mails

/** Absent: work that sends no mail. */
type Mails = Partial<Pick<Services, 'mailer'>>

export interface SessionWork {
  signal: AbortSignal
  /** Absent: work that needs no files. */
  media?: (id: string) => Promise<MediaFile>
  /** Which of these remote ids belong to other known posts. Absent: work that looks nothing up. */
  taken?: (ids: string[]) => Promise<string[]>
  /** Absent: work that hands no letters over. */
  letters?: Letters
}

/** Accounts by id, for a sweep that handles many organisations in one system transaction. */
export async function accountsById(tx: Tx, ids: [org: string, account: string][]): Promise<Map<string, AccountRow>> {
  if (ids.length === 0) return new Map()
  const found = await sql<AccountRow>`select * from accounts
    where (org_id, id) in (select * from unnest(${ids.map(([org]) => org)}::uuid[], ${ids.map(([, account]) => account)}::uuid[]))`.execute(
    tx,
  )
  return new Map(found.rows.map((row) => [row.id, row]))
}

/** One account of the organisation. @throws Refusal `not-found`. */
export async function accountRow(tx: Tx, orgId: string, id: string): Promise<AccountRow> {
  const row = await accountOrPlace(tx, orgId, id)
  if (isPlace(row)) throw notFound('account')
  return row
}

/** One account, or a place without one (`places.ts`). @throws Refusal `not-found`. */
export async function accountOrPlace(tx: Tx, orgId: string, id: string): Promise<AccountRow> {
  const row = await tx
    .selectFrom('accounts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .modifyEnd(keepPlan)
    .executeTakeFirst()
  if (!row) throw notFound('account')
  return row
}

/** What stands for a network at which we can only read (`places.ts`). */
export const withoutAccount = 'none'

export const isPlace = ({ auth_method }: Pick<AccountRow, 'auth_method'>): boolean => auth_method === withoutAccount

export const accountView = (row: AccountRow): AccountView => ({
  id: row.id,
  remoteId: row.remote_id,
  handle: row.handle,
  server: row.server,
  instance: row.instance as Json,
})

/** Binds sealed credentials to their account: a row copied to another account cannot be opened. */
export const credentialsPurpose = (orgId: string, accountId: string): string => `account:${orgId}:${accountId}`

export const sealCredentials = (
  services: Pick<Services, 'sealer'>,
  orgId: string,
  accountId: string,
  credentials: Json,
): Buffer => services.sealer.seal(JSON.stringify(credentials), credentialsPurpose(orgId, accountId))

/** By the row they came in: one piece of work asks several times, and opening costs more than anything else that it does here. */
const opened = new WeakMap<AccountRow, Json>()

export function openCredentials(services: Pick<Services, 'sealer'>, row: AccountRow): Json {
  if (!row.credentials_sealed) return null
  const known = opened.get(row)
  if (known !== undefined) return known
  const credentials: Json = JSON.parse(
    services.sealer.open(row.credentials_sealed, credentialsPurpose(row.org_id, row.id)),
  )
  opened.set(row, credentials)
  return credentials
}

export function sessionFor(services: SessionServices, row: AccountRow, work: SessionWork): Session {
  return sessionOf(services, {
    account: accountView(row),
    credentials: openCredentials(services, row),
    ...work,
    keep: (renewal) =>
      inOrg(services.db, row.org_id, (tx) => keepCredentials(services, tx, row.org_id, row.id, renewal)),
  })
}

interface SessionParts extends SessionWork {
  account: AccountView
  credentials: Json
  keep(renewal: Renewal): Promise<void>
}

/** For accounts that are only being connected there is nothing to keep yet. */
export function sessionOf(services: Pick<Services, 'clock' | 'log' | 'fetch'> & Mails, parts: SessionParts): Session {
  return {
    account: parts.account,
    credentials: parts.credentials,
    http: createHttp({ fetch: services.fetch, signal: parts.signal, now: services.clock }),
    reach: services.fetch.reach,
    now: services.clock,
    log: (message, facts) => services.log.info(message, { account: parts.account.id, ...facts }),
    signal: parts.signal,
    media: parts.media ?? (() => Promise.reject(new Error('This work was opened without files.'))),
    keep: parts.keep,
    mails: services.mailer?.available ?? false,
    ...(parts.taken ? { taken: parts.taken } : {}),
    ...(parts.letters ? { letters: parts.letters } : {}),
  }
}

/** When a person must connect again, as far as these credentials tell. undefined: they do not. */
export const accessEnd = ({ renewable, expiresAt, consentEndsAt }: Renewal): Date | null | undefined =>
  renewable === false ? expiresAt : consentEndsAt

export async function keepCredentials(
  services: Pick<Services, 'sealer'>,
  tx: Tx,
  orgId: string,
  accountId: string,
  renewal: Renewal,
): Promise<void> {
  const end = accessEnd(renewal)
  await tx
    .updateTable('accounts')
    .set({
      credentials_sealed: sealCredentials(services, orgId, accountId, renewal.credentials),
      credentials_expire_at: renewal.expiresAt,
      ...(renewal.renewable === undefined ? {} : { renewable: renewal.renewable }),
      // Who was told of an end that stays where it is need not hear of it again.
      ...(end === undefined ? {} : { access_ends_at: end, announced: null }),
    })
    .where('org_id', '=', orgId)
    .where('id', '=', accountId)
    .execute()
}
