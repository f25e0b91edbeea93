// Decides for what a batch brought to which conversations it belongs: known ones, new ones, and ones that turn out to be one.

import type { Said } from '../../connectors/converse.ts'
import { newId } from '../../lib/ids.ts'
import { branchOf } from './branches.ts'

export interface Known {
  /** Conversations of stored messages, by the messages' remote ids. */
  byMessage: ReadonlyMap<string, string>
  /** Conversations by `placeKey`. */
  byPlace: ReadonlyMap<string, string>
}

export interface Begun {
  id: string
  branch: string
  said: Said
}

export interface Placing {
  /** Conversation of each message, in the order given. */
  places: { said: Said; conversationId: string }[]
  begun: Begun[]
  /** Somebody's answer came before what it answers: the first is part of the second. */
  joined: { from: string; into: string }[]
}

export const placeKey = (thread: string, branch: string): string => JSON.stringify([thread, branch])

/** Where a message may be found, so that those conversations can be looked up. */
export function placesOf(said: Said): { thread: string; branch: string }[] {
  const own = branchOf(said)
  const branches = 'branch' in own ? [own.branch, said.id] : [own.parent, said.id]
  return [...new Set(branches)].map((branch) => ({ thread: said.thread, branch }))
}

/** `fresh`: messages that are not stored yet, each once, oldest first. */
export function place(fresh: readonly Said[], known: Known): Placing {
  const [byMessage, byPlace] = [new Map(known.byMessage), new Map(known.byPlace)]
  const placing: Placing = { places: [], begun: [], joined: [] }
  const conversationOf = (said: Said): string => {
    const own = branchOf(said)
    const ofParent = 'parent' in own ? byMessage.get(own.parent) : undefined
    if (ofParent) return ofParent
    const branch = 'branch' in own ? own.branch : own.parent
    const there = byPlace.get(placeKey(said.thread, branch))
    if (there) return there
    const begun = { id: newId(), branch, said }
    placing.begun.push(begun)
    byPlace.set(placeKey(said.thread, branch), begun.id)
    return begun.id
  }
  for (const said of fresh) {
    const conversationId = conversationOf(said)
    byMessage.set(said.id, conversationId)
    placing.places.push({ said, conversationId })
    const early = byPlace.get(placeKey(said.thread, said.id))
    if (early === undefined || early === conversationId) continue
    join(placing, early, conversationId)
    for (const map of [byMessage, byPlace]) for (const [key, id] of map) if (id === early) map.set(key, conversationId)
  }
  return placing
}

function join({ places, begun, joined }: Placing, from: string, into: string): void {
  for (const each of places) if (each.conversationId === from) each.conversationId = into
  for (const each of joined) if (each.into === from) each.into = into
  const isNew = begun.findIndex(({ id }) => id === from)
  if (isNew >= 0) begun.splice(isNew, 1)
  else joined.push({ from, into })
}
