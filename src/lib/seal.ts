// Seals secrets for storage with AES-256-GCM; the keys live outside the database and can be rotated.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** A shorter key could be guessed. */
export const shortestKey = 32

/** Newest first: the first key seals, every key opens. Each is any text of at least `shortestKey` characters. */
export interface Sealer {
  /** `purpose` binds the sealed text to its place: what was sealed for one place cannot be opened as another. */
  seal(text: string, purpose: string): Buffer
  /** @throws Error when no key opens it, or when it was sealed for another purpose. */
  open(sealed: Uint8Array, purpose: string): string
  /** Whether the first key sealed it; its first bytes suffice to tell. */
  isNewest(sealed: Uint8Array): boolean
}

const version = 1
const ivBytes = 12
const tagBytes = 16
const idBytes = 4

export function createSealer(keys: string[]): Sealer {
  if (keys.length === 0 || keys.some((key) => key.length < shortestKey))
    throw new Error(`A sealing key needs at least ${shortestKey} characters.`)
  const derived = keys.map((key) => ({ id: derive(key, 'id').subarray(0, idBytes), key: derive(key, 'seal') }))
  return {
    seal(text, purpose) {
      const newest = derived[0]!
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', newest.key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), newest.id, iv, cipher.getAuthTag(), body])
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed)
      const id = bytes.subarray(1, 1 + idBytes)
      const found = derived.find((candidate) => candidate.id.equals(id))
      if (bytes[0] !== version || !found) throw new Error('This secret was sealed with a key that is not configured.')
      const iv = bytes.subarray(1 + idBytes, 1 + idBytes + ivBytes)
      const tag = bytes.subarray(1 + idBytes + ivBytes, 1 + idBytes + ivBytes + tagBytes)
      const decipher = createDecipheriv('aes-256-gcm', found.key, iv).setAAD(Buffer.from(purpose)).setAuthTag(tag)
      const body = bytes.subarray(1 + idBytes + ivBytes + tagBytes)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
    isNewest: (sealed) => derived[0]!.id.equals(sealed.subarray(1, 1 + idBytes)),
  }
}

function derive(key: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, 'longrun', use, 32))
}
