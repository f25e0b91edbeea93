// What an inbox's test brings to its suite, and a reader that reads on as Longrun does.

import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Connection, Connector, Json, Part } from '../contract.ts'
import type { HeardPlace, InboxBatch, InboxEvent, Said } from '../converse.ts'
import { longestText } from '../listen.ts'
import type { FaultServer, RequestMatch } from './fault-server.ts'
import { createTestSession, type TestSession } from './session.ts'

export interface InboxUnderTest {
  connector: Connector
  connection: Connection
  /** Stands in front of the network. Absent: it does not speak HTTP. */
  faults?: FaultServer
  /** `host:port` that may be reached. */
  allowPrivate: string[]
  /** Somebody says it to the account, or answers one of its messages; answers the id. */
  say(text: string, more?: { answers?: Said }): Promise<string>
  /** Somebody says it to nobody in particular; answers it as listening hears it. Absent: nothing is taken over from there. */
  saysToNobody?(text: string): Promise<HeardPlace>
  /** Its author changes it. Absent: nobody can. */
  edit?(id: string, text: string): Promise<void>
  /** Its author takes it away. Absent: nobody can, or nobody is told. */
  remove?(id: string): Promise<void>
  /** The account says something in the conversation without Longrun; answers the id. */
  saysElsewhere?(text: string, said: Said): Promise<string>
  /** How many answers with this word stand on the network, read without the connector. */
  copies?(word: string): Promise<number>
  /** Tells the one write of an answer from everything else. */
  isWrite?: RequestMatch
  stop(): Promise<void>
}

export const inboxSession = ({ connector: _, connection, allowPrivate }: InboxUnderTest): TestSession => {
  const session = createTestSession({ allowPrivate, credentials: connection.credentials, profile: connection.profile })
  const keep: TestSession['keep'] = async (renewal) => void Object.assign(connection, renewal)
  return { ...session, keep }
}

/** Reads on from a cursor as Longrun does, and remembers everything. */
export class Reader {
  readonly events: InboxEvent[] = []
  readonly batches: InboxBatch[] = []
  cursor: Json
  private readonly network: InboxUnderTest

  constructor({ network }: { network: InboxUnderTest }, cursor: Json = null) {
    this.network = network
    this.cursor = cursor
  }

  /** One pull. */
  async pull(): Promise<InboxBatch> {
    const batch = await this.network.connector.inbox!.pull(inboxSession(this.network), this.cursor)
    expect(JSON.parse(JSON.stringify(batch.cursor))).toEqual(batch.cursor)
    for (const event of batch.events) if ('said' in event) expectStorable(event.said)
    this.cursor = JSON.parse(JSON.stringify(batch.cursor)) as Json
    this.events.push(...batch.events)
    this.batches.push(batch)
    return batch
  }

  /** Until nothing more is waiting. */
  async drain(): Promise<this> {
    for (let pulls = 0; (await this.pull()).more; pulls++) if (pulls > 200) throw new Error('there is always more')
    return this
  }

  /** Waits for this message; networks need a moment. */
  async reads(id: string): Promise<Said> {
    await this.until(() => this.find(id) !== undefined, `nobody told of ${id}`)
    return this.find(id)!
  }

  async until(holds: () => boolean, otherwise: string): Promise<void> {
    for (const end = Date.now() + 40_000; ; await wait(50)) {
      await this.drain()
      if (holds()) return
      if (Date.now() > end) throw new Error(otherwise)
    }
  }

  find(id: string): Said | undefined {
    const event = this.events.findLast((one) => 'said' in one && one.said.id === id)
    return event && 'said' in event ? event.said : undefined
  }

  /** The first with this word. */
  says(word: string): Said | undefined {
    const event = this.events.find((one) => one.type === 'said' && one.said.text.includes(word))
    return event && 'said' in event ? event.said : undefined
  }

  /** How often it was told as new. */
  told(id: string): number {
    return this.events.filter((event) => event.type === 'said' && event.said.id === id).length
  }
}

function expectStorable(said: Said): void {
  const texts = [said.id, said.thread, said.text, said.subject ?? '', said.author?.name ?? '', said.quoted ?? '']
  for (const text of texts) expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
  expect(said.id.length > 0 && said.id.length <= 1000 && said.thread.length > 0 && said.thread.length <= 1000).toBe(
    true,
  )
  expect(said.text.length).toBeLessThanOrEqual(longestText)
  expect(said.at.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
  expect(JSON.parse(JSON.stringify(said.ref))).toEqual(said.ref)
}

/** The part that answers a message. */
export function replyTo(said: Said, text: string): Part {
  const segment = { text, media: [] }
  const draft = { segments: [segment] }
  return { draft, segment, position: 0, role: 'reply', root: said.root, previous: said.ref, dueAt: new Date() }
}

/** What is sent for an answer, as it is stored before it is sent. */
export async function prepareAnswer(
  network: InboxUnderTest,
  said: Said,
  { text, key }: { text: string; key: string },
): Promise<Json> {
  const part = replyTo(said, text)
  const answer = network.connector.inbox!.answer!
  const prepared = answer.prepare ? await answer.prepare(inboxSession(network), part, key) : part
  return JSON.parse(JSON.stringify(prepared)) as Json
}
