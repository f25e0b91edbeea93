// A session for tests: real requests to named private hosts, files from memory, and everything that was logged.

import sharp from 'sharp'
import { guardedReach } from '../../lib/guarded-agent.ts'
import type { AccountView, DraftMedia, Json, MediaFile, Profile, Renewal, Session } from '../contract.ts'
import { createHttp } from '../http.ts'

export interface TestSessionOptions {
  /** `host` or `host:port` of the servers of the test. */
  allowPrivate: readonly string[]
  credentials?: Json
  /** What `connect` or `identify` returned; absent while connecting. */
  profile?: Profile
  files?: readonly SampleFile[]
  signal?: AbortSignal
  now?: () => Date
}

export interface TestSession extends Session {
  /** Each log line as JSON. */
  lines: string[]
  /** What the connector asked to keep, oldest first. */
  kept: Renewal[]
}

export interface SampleFile {
  media: DraftMedia
  file: MediaFile
}

const nobody: AccountView = { id: '', remoteId: '', handle: '', server: '', instance: null }

export function createTestSession(options: TestSessionOptions): TestSession {
  const { allowPrivate, profile, credentials = null, files = [], now = () => new Date() } = options
  const signal = options.signal ?? new AbortController().signal
  const lines: string[] = []
  const kept: Renewal[] = []
  return {
    account: profile ? accountOf(profile) : nobody,
    credentials,
    http: createHttp({ signal, allowPrivate, now }),
    reach: guardedReach(allowPrivate),
    now,
    log: (message, facts) => void lines.push(JSON.stringify({ message, ...facts })),
    signal,
    async media(id) {
      const found = files.find(({ file }) => file.id === id)
      if (!found) throw new Error(`the test has no file ${id}`)
      return found.file
    },
    async keep(renewal) {
      kept.push(renewal)
    },
    lines,
    kept,
  }
}

/** The view of an account that was just connected. */
export function accountOf({ remoteId, handle, server, instance }: Profile): AccountView {
  return { id: 'test-account', remoteId, handle, server, instance }
}

/** A real picture; the colour makes files differ, as networks may refuse the same bytes twice. */
export async function sampleImage(
  id: string,
  alt: string,
  type: 'image/jpeg' | 'image/png' = 'image/jpeg',
): Promise<SampleFile> {
  const size = 64
  const background = { r: id.charCodeAt(0) % 256, g: (id.length * 37) % 256, b: id.charCodeAt(id.length - 1) % 256 }
  const picture = sharp({ create: { width: size, height: size, channels: 3, background } })
  const bytes = new Uint8Array(await (type === 'image/png' ? picture.png() : picture.jpeg()).toBuffer())
  const facts = { id, type, bytes: bytes.length, width: size, height: size, alt }
  return {
    media: { ...facts, kind: 'image', seconds: null },
    file: {
      ...facts,
      fileName: `${id}.${type === 'image/png' ? 'png' : 'jpg'}`,
      open: () => new Blob([bytes]).stream(),
    },
  }
}
