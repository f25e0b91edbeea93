// Words about coding that pages and server share.

import { z } from 'zod'
import { choices, codable } from '../labels/types.ts'

/** What a coder says of a text that does not tell. */
export const unclear = 'unclear'

export const codeValue = z.enum([...new Set([unclear, ...Object.values(choices).flat()])] as [string, ...string[]])

export const sizes = { least: 10, most: 1000, usual: 100 } as const

export const label = z.enum(codable)

/** `coding`: somebody still codes; `settling`: differences wait; `ready`: nothing is open; `finished`: the labels are on the mentions. */
export const states = ['coding', 'settling', 'ready', 'finished'] as const
export type SetState = (typeof states)[number]
