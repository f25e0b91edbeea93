// Tries promises before anybody relies on them: what would be due when, and what an account may say of itself in public.

import { accountRow } from '../../accounts/session.ts'
import { saidKinds } from '../../connectors/converse.ts'
import { findConnector } from '../../connectors/registry.ts'
import { readInOrg } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { calendarClock } from './business-clock.ts'
import { dueOf } from './due-of.ts'
import { type PromiseFacts, policyFor, publishedPromise } from './policy.ts'
import { clockOfHours } from './rulebook.ts'
import { availabilityWords } from './rules.ts'
import { type PolicyRow, policiesInForce, readHours } from './store-policies.ts'
import type { PromisePolicy } from './types.ts'

type Reading = Pick<Services, 'db'>

export interface PreviewWish extends Omit<PromiseFacts, 'protocolIds'> {
  at: string
  /** One that is being written: in place of `replaces`, or last. */
  policy?: PromisePolicy | undefined
  replaces?: string | undefined
}

/** What somebody who speaks to us at that time is promised, as things stand or as they would with another policy. */
export const previewPromise = (
  { db }: Reading,
  { orgId }: Caller,
  { at, policy: tried, replaces, ...facts }: PreviewWish,
) =>
  readInOrg(db, orgId, async (tx) => {
    const rows: Pick<PolicyRow, 'id' | 'policy_id' | 'policy' | 'hours'>[] = await policiesInForce(tx, orgId)
    if (tried) {
      const hours = (await readHours(tx, orgId)).find(({ id }) => id === tried.hoursId)?.hours ?? null
      const row = { id: 'tried', policy_id: replaces ?? 'tried', policy: tried, hours }
      const place = rows.findIndex(({ policy_id }) => policy_id === replaces)
      rows.splice(place < 0 ? rows.length : place, place < 0 ? 0 : 1, row)
    }
    const said = new Date(at)
    const versions = rows.map(({ id, policy, hours }) => ({ id, policy: { ...policy, hoursId: hours ? id : null } }))
    const found = policyFor(versions, { ...facts, protocolIds: [] })
    if (!found) return { policy: null, due: [] }
    const hours = rows.find(({ id }) => id === found.id)?.hours
    const clock = hours ? await clockOfHours(hours) : calendarClock
    const known = { versionOf: () => found, clockOf: () => clock }
    const chosen = { kind: 'policy', at: said, versionId: found.id, running: true } as const
    const heard = { kind: 'customer', at: said, messageId: 'said' } as const
    const begun = dueOf([chosen, heard], known, said)
    // What is owed again once somebody was answered, as if it were asked at the same time.
    const again = dueOf([chosen, heard, { kind: 'reply', at: said }, heard], known, said)
    const clocks = [...begun, ...again.filter(({ metric, endedAt }) => metric === 'next-reply' && endedAt === null)]
    return {
      policy: found.policy.name,
      due: clocks.map(({ metric, target, dueSoonAt, dueAt }) => ({
        ...{ metric, minutes: target.minutes, hours: target.hours },
        ...{ dueSoonAt: dueSoonAt?.toISOString() ?? null, dueAt: dueAt?.toISOString() ?? null },
      })),
    }
  })

/** What people may expect of an account, as it stands now, and a text for its profile. */
export const readAvailability = ({ db }: Reading, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const account = await accountRow(tx, orgId, id)
    const rows = await policiesInForce(tx, orgId)
    const inbox = findConnector(account.connector)?.inbox
    const saidAs = inbox ? (inbox.answer?.kinds ?? saidKinds) : []
    const promised = publishedPromise(rows, { accountId: id, saidAs })
    const items = promised.flatMap(({ kind, saidAs: ways, versionId, firstReply, topics }) =>
      firstReply
        ? [{ kind, saidAs: ways, minutes: firstReply.minutes, hours: firstReply.hours, topics, versionId }]
        : [],
    )
    const open = (versionId: string) => rows.find((row) => row.id === versionId)?.hours ?? null
    const text = availabilityWords(items.map((item) => ({ ...item, open: open(item.versionId) })))
    return { account: account.name, text, promised: items.map(({ versionId: _, ...item }) => item) }
  })
