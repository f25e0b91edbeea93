// What the tests of blog connectors share: articles, and deliveries as Longrun carries them out.

import type { Connection, Connector, Draft, DraftMedia, Found, Json, Part, Session, Submission } from './contract.ts'
import { asConnectorError } from './errors.ts'
import { policy } from './policy.ts'
import { createTestSession, type SampleFile, type TestSession } from './testing/session.ts'

export function sessionFor(hosts: string[], connection?: Connection, files: SampleFile[] = []): TestSession {
  const { credentials, profile } = connection ?? {}
  return createTestSession({ allowPrivate: hosts, credentials, profile, files })
}

export function connectBy(connector: Connector, session: Session, values: Record<string, string>): Promise<Connection> {
  const method = connector.auth[0]
  if (method?.kind !== 'fields') throw new Error(`${connector.name} has no form`)
  return method.connect(session, values)
}

/** The same account, whose requests go elsewhere: sites name their own address, which leads around a fault server. */
export function through(connection: Connection, changes: { [key: string]: Json }): Connection {
  const instance = { ...(connection.profile.instance as { [key: string]: Json }), ...changes }
  return { ...connection, profile: { ...connection.profile, instance } }
}

export function articleOf(text: string, changes: Partial<Draft> = {}, files: SampleFile[] = []): Part {
  const segment = { text, media: files.map(({ media }) => media) }
  const draft = { segments: [segment], title: 'A title', ...changes }
  return { draft, segment, position: 0, role: 'post', root: null, previous: null, dueAt: new Date(0) }
}

export function picture(id: string, changes: Partial<DraftMedia> = {}): DraftMedia {
  const facts = { type: 'image/png', bytes: 1000, width: 64, height: 64, seconds: null, alt: 'A path' }
  return { id, kind: 'image', ...facts, ...changes }
}

export interface Delivery {
  connector: Connector
  session: Session
  part: Part
  key: string
}

/** Prepares and submits until there is an answer, with Longrun's own table of what to do about each error. */
export async function deliver({ connector, session, part, key }: Delivery): Promise<Submission> {
  const publish = connector.publish!
  const made = publish.prepare ? await patiently(() => publish.prepare!(session, part, key)) : part
  const prepared = JSON.parse(JSON.stringify(made)) as Json
  const since = session.now()
  for (let tries = 1; ; tries++) {
    try {
      return await publish.submit(session, prepared, key)
    } catch (error) {
      const reaction = policy[asConnectorError(error, true).kind].write
      if (tries === 5 || (reaction !== 'look-up' && reaction !== 'wait')) throw error
      if (reaction === 'wait') continue
      const found: Found = await patiently(() => publish.find!(session, prepared, key, since))
      if (found.state === 'published') return found
      if (found.state === 'unsure') throw error
    }
  }
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === 5 || policy[asConnectorError(error, false).kind].read !== 'wait') throw error
    }
  }
}

/** Alternative texts of the pictures in HTML, as a browser reads them. */
export function altsIn(html: string): string[] {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
  const plain = (text: string) =>
    text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCodePoint(Number(code)) : named[name]!))
  return [...html.matchAll(/<img[^>]*\balt="([^"]*)"/g)].map(([, alt]) => plain(alt!))
}
