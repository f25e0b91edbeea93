// For this folder's tests: a session over the real connection, its account, its files and its clock.

import type { Connection, Draft, MediaFile, Part, RemoteRef } from '../contract.ts'
import { accountOf, createTestSession, type TestSession } from '../testing/session.ts'

export type { TestSession }

/** Any of `addresses` may be asked. The session starts as nobody's; `settle` gives it to an account. */
export function testSession(addresses: string[], files: MediaFile[] = []): TestSession {
  const allowPrivate = addresses.map((address) => new URL(address).host)
  const session: TestSession = {
    ...createTestSession({ allowPrivate, signal: AbortSignal.timeout(60_000) }),
    media: async (id) => {
      const file = files.find((one) => one.id === id)
      if (!file) throw new Error(`no file ${id}`)
      return file
    },
    keep: async ({ credentials }) => {
      session.credentials = credentials
    },
  }
  return session
}

/** What Longrun does with a new connection: keeps the credentials and remembers whose they are. */
export function settle(session: TestSession, { credentials, profile }: Connection): void {
  session.credentials = credentials
  session.account = accountOf(profile)
}

export function fileOf(id: string, type: string, bytes: Uint8Array<ArrayBuffer>, size?: [number, number]): MediaFile {
  const [width, height] = size ?? [null, null]
  const open = () => new Blob([bytes]).stream()
  return { id, type, bytes: bytes.length, width, height, alt: '', fileName: id, open }
}

export function draftOf(text: string, more: Partial<Draft> = {}): Draft {
  return { segments: [{ text, media: [] }], ...more }
}

/** The nth part of a draft. */
export function partOf(
  draft: Draft,
  at: { position?: number; root?: RemoteRef; previous?: RemoteRef; dueAt?: Date } = {},
): Part {
  const { position = 0, root = null, previous = null, dueAt = new Date() } = at
  const comment = position >= draft.segments.length
  const segment = draft.segments[position] ?? { text: draft.firstComment ?? '', media: [] }
  return {
    draft,
    position,
    role: comment ? 'comment' : position === 0 ? 'post' : 'segment',
    segment,
    root,
    previous,
    dueAt,
  }
}
