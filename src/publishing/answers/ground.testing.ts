// What tests of answers share: somebody who asks, an answer in its conversation, and where it stands. On the ground of delivery.

import { expect } from 'vitest'
import type { Connector, Publish, RemoteRef } from '../../connectors/contract.ts'
import { createFakeConnector } from '../../connectors/fake/index.ts'
import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { account, caller, database, freshWords, network, services } from '../delivery/ground.testing.ts'
import { type NewAnswer, type PlannedAnswer, planAnswer } from './plan-answer.ts'
import { answersOf } from './read-answers.ts'
import type { AnswerStanding } from './types.ts'

/** A message of somebody to our account. */
export function somebodyAsks(): RemoteRef {
  const handle = `customer${newId().slice(-6)}`
  network.createAccount(handle)
  const { id } = network.say(handle, freshWords('Where is my parcel?'))
  return { id, url: `${network.url}/@${handle}/${id}` }
}

/** Runs what is part of a verb as the inbox does: what it tells is recorded as the last step. */
export function verb<T extends { events: NewEvent[] }>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const done = await work(tx)
    await recordAll(tx, caller.orgId, caller.actor, services.clock(), done.events)
    return done
  })
}

export async function aConversation(): Promise<string> {
  const [id, at] = [newId(), services.clock()]
  const told = {
    org_id: caller.orgId,
    id,
    account_id: account,
    thread: id,
    branch: '',
    kind: 'mention',
    is_private: false,
  }
  await inOrg(services.db, caller.orgId, (tx) =>
    tx
      .insertInto('conversations')
      .values({ ...told, began_at: at, last_at: at })
      .execute(),
  )
  return id
}

export type Asked = PlannedAnswer & { text: string; asked: RemoteRef; conversationId: string }

export async function anAnswer(more: Partial<NewAnswer> = {}): Promise<Asked> {
  const asked = more.previous ?? somebodyAsks()
  const text = more.text ?? freshWords('It is on its way')
  const conversationId = more.conversationId ?? (await aConversation())
  const given: NewAnswer = {
    ...{ accountId: account, conversationId, text, kind: 'mention', root: asked, previous: asked },
    now: services.clock(),
    ...more,
  }
  return { ...(await verb((tx) => planAnswer(tx, caller, given))), text, asked, conversationId }
}

export async function standingOf(id: string): Promise<AnswerStanding> {
  const found = await inOrg(services.db, caller.orgId, (tx) => answersOf(tx, caller.orgId, [id]))
  return found.get(id)!
}

export const untilAnswer = (id: string, ...states: string[]) =>
  expect
    .poll(async () => (await standingOf(id)).state, { timeout: 10_000, interval: 20 })
    .toSatisfy((state: string) => states.includes(state))

/** The practice network, whose answers go another way. */
export function answering(change: Partial<Publish>): Connector {
  const fake = createFakeConnector()
  return { ...fake, inbox: { ...fake.inbox!, answer: { ...fake.inbox!.answer!, ...change } } }
}

/** What the log tells of a conversation. */
export const toldOf = (conversationId: string) =>
  asSystem(database.db, async (tx) => {
    const rows = await tx
      .selectFrom('events')
      .select(['verb', 'subject_kind'])
      .where('subject_id', '=', conversationId)
      .orderBy('seq')
      .execute()
    expect(new Set(rows.map((row) => row.subject_kind))).toEqual(new Set(['conversation']))
    return rows.map((row) => row.verb)
  })
