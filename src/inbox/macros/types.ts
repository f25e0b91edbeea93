// The steps of a macro. None of them sends anything: words become a draft, which a person makes personal and sends.

import { z } from 'zod'
import { priorities } from '../promises/types.ts'
import { closeReasons } from '../types.ts'

export const macroStep = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('owner'), to: z.union([z.literal('me'), z.uuid()]).nullable() })
    .describe('Who answers; null: nobody'),
  z.object({ kind: z.literal('department'), departmentId: z.uuid().nullable() }),
  z.object({ kind: z.literal('priority'), priority: z.enum(priorities) }),
  z
    .object({ kind: z.literal('tags'), tags: z.array(z.string().trim().min(1).max(60)).min(1).max(20) })
    .describe('Put to those it has'),
  z
    .object({ kind: z.literal('reply'), replyId: z.uuid() })
    .describe('Puts a saved reply into the draft of whoever runs it'),
  z.object({ kind: z.literal('note'), note: z.string().trim().min(1).max(4000) }),
  z.object({ kind: z.literal('snooze'), hours: z.number().int().min(1).max(2160) }),
  z.object({ kind: z.literal('close'), reason: z.enum(closeReasons) }),
])
export type MacroStep = z.infer<typeof macroStep>
export const stepKinds = ['owner', 'department', 'priority', 'tags', 'reply', 'note', 'snooze', 'close'] as const

/** What a step does to one conversation as it stands. */
export const effects = ['does', 'is-so', 'cannot'] as const
export type Effect = (typeof effects)[number]
