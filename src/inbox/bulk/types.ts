// Words of handling many conversations at once that pages and server share.

import { z } from 'zod'
import { type Priority, priorities } from '../promises/types.ts'
import { type ConversationState, closeReasons } from '../types.ts'

/** So many conversations can be named one by one. */
export const mostNamed = 500
/** So many of a list are taken where all of it is asked for. */
export const mostListed = 5_000

const note = z.string().trim().max(4000).default('')
const tag = z.string().trim().min(1).max(60)

export const bulkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), ownerId: z.uuid().nullable(), note }),
  z.object({ kind: z.literal('hand-over'), departmentId: z.uuid().nullable(), note }),
  z.object({ kind: z.literal('close'), reason: z.enum(closeReasons), note }),
  z.object({ kind: z.literal('put-off'), until: z.iso.datetime(), note }),
  z.object({ kind: z.literal('open'), note }),
  z.object({ kind: z.literal('tag'), tag }),
  z.object({ kind: z.literal('untag'), tag }),
  z.object({ kind: z.literal('priority'), priority: z.enum(priorities) }),
])
export type BulkChange = z.infer<typeof bulkChange>
/** What is said of a conversation, beside who has it and whether it is open. */
export type MarkChange = Extract<BulkChange, { kind: 'tag' | 'untag' | 'priority' }>

export const itemStates = ['waiting', 'changed', 'refused', 'stopped', 'undone', 'left'] as const
export type ItemState = (typeof itemStates)[number]

/** How a conversation stands, as far as many are changed at once. Instants as text: it is kept as JSON. */
export interface Standing {
  state: ConversationState
  reason: (typeof closeReasons)[number] | null
  snoozedUntil: string | null
  ownerId: string | null
  departmentId: string | null
  priority: Priority
  tags: string[]
}
