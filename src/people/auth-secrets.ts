// The keys as better-auth knows them, which seals second factors and tokens of the OIDC provider in a form of its own: $ba$VERSION$HEX.

import { parseEnvelope, symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { sha256Hex } from '../lib/hash.ts'

/** A version follows from its key, so that what a key sealed names it for good, whichever keys come and go around it. */
const versionOf = (secret: string): number =>
  Number.parseInt(sha256Hex(`longrun auth secret ${secret}`).slice(0, 12), 16)

/** Newest first. */
export const authSecrets = (secrets: readonly string[]): { version: number; value: string }[] => [
  ...secrets.map((value) => ({ version: versionOf(value), value })),
  // Versions were once counted from the oldest key: what was sealed then still opens.
  ...secrets.map((value, index) => ({ version: secrets.length - index, value })),
]

export const isNewestAuthSeal = (secrets: readonly string[], sealed: string): boolean =>
  parseEnvelope(sealed)?.version === versionOf(secrets[0]!)

/** Tries every key, whatever the version says: a wrong one opens nothing. @throws Error when none of them opens it. */
export async function resealAuth(secrets: readonly string[], sealed: string): Promise<string> {
  const ciphertext = parseEnvelope(sealed)?.ciphertext ?? sealed
  const opened = await Promise.any(secrets.map((key) => symmetricDecrypt({ key, data: ciphertext })))
  const newest = versionOf(secrets[0]!)
  return symmetricEncrypt({
    key: { keys: new Map([[newest, secrets[0]!]]), currentVersion: newest },
    data: opened,
  })
}
