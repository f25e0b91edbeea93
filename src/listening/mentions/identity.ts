// One id for one thing that was said, however often and through whichever source it is heard.

import { hash } from 'node:crypto'

/** A UUID (version 8) made of the network and the id there; the same for authors, whose ids are of another kind. */
export function mentionId(network: string, remoteId: string): string {
  const name = `${network}\n${remoteId}`
  const found = known.get(name)
  if (found !== undefined) return found
  const made = idOf(name)
  if (known.size >= mostKnown) known.clear()
  known.set(name, made)
  return made
}

/** Whoever speaks is asked for several times on the way into the store, and for each organisation again. */
const known = new Map<string, string>()
const mostKnown = 10_000

function idOf(name: string): string {
  const hex = hash('sha256', name, 'hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
