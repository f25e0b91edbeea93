// What is stored of something heard, for one organisation: what was said, what it was matched by, how it was understood.

import type { Heard } from '../../connectors/listen.ts'
import type { Initiator, Labels } from './types.ts'

export interface NewMention {
  orgId: string
  sourceId: string
  network: string
  /** When it was heard; also stands in for a time of its author that cannot be true. */
  heardAt: Date
  heard: Heard
  /** Numbers of the organisation's topics that it matched, ascending. Empty: its source keeps everything. */
  topics: number[]
  labels: Labels
  initiator: Initiator
  expiresAt: Date
  /** From `searchWords`. */
  words: number[]
  /** What stays the same through small edits, from `marksOf`; null or absent: it says too little, and only reposts are told. */
  marks?: Uint32Array | null
  /** Why the accurate path is to read it too; null or absent: it need not. */
  secondLook?: 'unsure' | 'important' | null
}

/** A mention as it was stored now, or found to be there already. */
export interface StoredMention {
  mention: NewMention
  id: string
  /** When it was said, as it is stored. */
  at: Date
  /** Those that it was not stored under before. */
  newTopics: number[]
  /** false: it was there already, through another source or an earlier reading. */
  isNew: boolean
  /** Of what is new: the first that said it, where this is not the first. */
  doubleOf?: string | null
}
