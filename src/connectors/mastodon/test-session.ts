// What the tests of this connector need of Longrun: a session for an account of a double, with its media.

import type { DraftMedia, Json, MediaFile, Part, Segment, Session } from '../contract.ts'
import { createHttp } from '../http.ts'
import type { MastodonDouble } from './double/server.ts'
import type { Instance } from './instance.ts'
import type { Credentials } from './wire.ts'

export interface SessionOptions {
  /** Another address in front of the double: the fault server. */
  server?: string
  acct?: string
  scopes?: string[]
  credentials?: Json
  instance?: Partial<Instance>
  media?: MediaFile[]
  now?: () => Date
  taken?: string[]
  signal?: AbortSignal
}

export const mastodonFacts: Partial<Instance> = { software: 'mastodon', version: '4.5.3', domain: 'example.social' }

export function sessionFor(double: MastodonDouble, options: SessionOptions = {}): Session {
  const { acct = 'me', scopes, media = [], taken = [], server = double.url } = options
  const application = 'Longrun'
  const credentials: Credentials = {
    accessToken: double.tokenFor(acct, scopes, application),
    application,
    scopes: [],
    renewal: null,
  }
  const signal = options.signal ?? new AbortController().signal
  const now = options.now ?? (() => new Date())
  const { id: remoteId } = double.account(acct)
  return {
    account: { id: 'account', remoteId, handle: `@${acct}`, server, instance: options.instance ?? mastodonFacts },
    credentials: options.credentials ?? credentials,
    http: createHttp({ signal, now, allowPrivate: [new URL(server).host, double.host] }),
    now,
    log: () => undefined,
    signal,
    async media(id) {
      const found = media.find((file) => file.id === id)
      if (!found) throw new Error(`no file ${id}`)
      return found
    },
    keep: async () => undefined,
    taken: async (ids) => ids.filter((id) => taken.includes(id)),
  }
}

/** A session in which nobody is connected yet. */
export function strangerAt(...hosts: string[]): Session {
  const signal = new AbortController().signal
  return {
    account: { id: '', remoteId: '', handle: '', server: '', instance: null },
    credentials: null,
    http: createHttp({ signal, allowPrivate: hosts }),
    now: () => new Date(),
    log: () => undefined,
    signal,
    media: () => Promise.reject(new Error('no media')),
    keep: async () => undefined,
  }
}

/** The smallest PNG that is one. */
const onePixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

export function fileOf(id: string, alt: string, facts: Partial<Pick<MediaFile, 'type' | 'fileName'>> = {}): MediaFile {
  const { type = 'image/png', fileName = `${id}.png` } = facts
  const open = () => new Blob([new Uint8Array(onePixel)]).stream() as ReadableStream<Uint8Array>
  return { id, type, fileName, bytes: onePixel.length, width: 1, height: 1, alt, open }
}

export const mediaOf = (file: MediaFile): DraftMedia => ({
  ...{ id: file.id, type: file.type, bytes: file.bytes, width: file.width, height: file.height, alt: file.alt },
  kind: file.type.startsWith('video/') ? 'video' : 'image',
  seconds: null,
})

export function partOf(
  text: string,
  more: Partial<Part> & { media?: DraftMedia[]; options?: Part['draft']['options'] } = {},
): Part {
  const { media = [], options, draft, ...rest } = more
  const segment: Segment = { text, media }
  return {
    draft: { segments: [segment], ...(options ? { options } : {}), ...draft },
    position: 0,
    role: 'post',
    segment,
    root: null,
    previous: null,
    dueAt: new Date(),
    ...rest,
  }
}
