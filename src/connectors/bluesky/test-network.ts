// For this folder's tests: a real server, an author connected to it, and ways to read what stands there.

import sharp from 'sharp'
import { type Pds, type PdsAccount, startPds } from '../../../test/servers/pds.ts'
import type {
  AuthMethod,
  Connector,
  Draft,
  Json,
  MediaFile,
  Part,
  Publish,
  RemoteRef,
  Submission,
} from '../contract.ts'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import { createBluesky } from './index.ts'
import { fileOf, settle, type TestSession, testSession } from './test-session.ts'

export interface TestNetwork {
  pds: Pds
  faults: FaultServer
  author: PdsAccount
  friend: PdsAccount
  connector: Connector
  publish: Publish
  /** The author's, straight to the server. */
  session: TestSession
  /** The author's, reached through the server that breaks answers. */
  shaky: TestSession
  picture: Uint8Array<ArrayBuffer>
  newKey(): string
  send(part: Part, key?: string): Promise<RemoteRef>
  /** The record behind a post, or the one of another collection under its key. */
  read(ref: RemoteRef, collection?: string): Promise<Record<string, unknown>>
  copiesOf(text: string): Promise<number>
  stop(): Promise<void>
}

export async function startTestNetwork(): Promise<TestNetwork> {
  const pds = await startPds()
  const faults = await startFaultServer(pds.url)
  const author = await pds.createAccount('tortoise')
  const friend = await pds.createAccount('hare')
  const connector = createBluesky({ directory: pds.plcUrl })
  const publish = connector.publish!
  const picture = await pictureOf(320, 200)
  const session = testSession([pds.url, pds.plcUrl, faults.url], filesOf(picture))
  const method = connector.auth[0] as Extract<AuthMethod, { kind: 'fields' }>
  const values = { service: pds.url, identifier: author.handle, password: author.appPassword }
  settle(session, await method.connect(session, values))
  const credentials = { ...(session.credentials as { [key: string]: Json }), pds: faults.url }
  const shaky: TestSession = { ...session, credentials }
  let keys = 0
  const newKey = () => `post-${++keys}/1`
  return {
    ...{ pds, faults, author, friend, connector, publish, session, shaky, picture, newKey },
    async send(part, key = newKey()) {
      return published(await publish.submit(session, await publish.prepare!(session, part, key), key))
    },
    async read(ref, collection) {
      const [, , repo = '', kind = '', rkey = ''] = ref.id.split('/')
      const { value } = await ask<{ value: Record<string, unknown> }>(pds, 'getRecord', {
        ...{ repo, rkey, collection: collection ?? kind },
      })
      return value
    },
    async copiesOf(text) {
      const params = { repo: author.did, collection: 'app.bsky.feed.post', limit: '100' }
      const { records } = await ask<{ records: { value: { text: string } }[] }>(pds, 'listRecords', params)
      return records.filter(({ value }) => value.text === text).length
    },
    async stop() {
      await faults.stop()
      await pds.stop()
    },
  }
}

async function ask<T>(pds: Pds, method: string, params: Record<string, string>): Promise<T> {
  const response = await fetch(`${pds.url}/xrpc/com.atproto.repo.${method}?${new URLSearchParams(params)}`)
  if (!response.ok) throw new Error(`${method}: ${response.status}`)
  return (await response.json()) as T
}

async function pictureOf(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width, height, channels: 3, background: '#c63' } })
  return new Uint8Array(await picture.jpeg().toBuffer())
}

function filesOf(picture: Uint8Array<ArrayBuffer>): MediaFile[] {
  // The first box of an MP4 file; the server looks no further.
  const video = new Uint8Array(Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'))
  return [
    fileOf('image', 'image/jpeg', picture, [320, 200]),
    fileOf('unsized', 'image/jpeg', picture),
    fileOf('video', 'video/mp4', video, [16, 9]),
    ...Array.from({ length: 5 }, (_, index) => fileOf(`image-${index}`, 'image/jpeg', picture, [320, 200])),
  ]
}

export function published(submission: Submission): RemoteRef {
  if (submission.state !== 'published') throw new Error(submission.state)
  const { state: _, ...ref } = submission
  return ref
}

/** `ids` name files of the test network. */
export function withMedia(text: string, ids: string[]): Draft {
  const media = ids.map((id) => {
    const kind = id === 'video' ? ('video' as const) : ('image' as const)
    const type = kind === 'video' ? 'video/mp4' : 'image/jpeg'
    const seconds = kind === 'video' ? 3 : null
    return { id, kind, type, bytes: 1000, width: 320, height: 200, seconds, alt: `alt of ${id}` }
  })
  return { segments: [{ text, media }] }
}
