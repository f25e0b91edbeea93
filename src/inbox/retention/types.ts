// Words about how long what people said to us is kept, shared by pages and server.

import { z } from 'zod'

/** Closed conversations with all their words; people who spoke in none that is kept; files brought for answers of closed conversations. */
export const keptClasses = ['conversations', 'contacts', 'files'] as const
export type KeptClass = (typeof keptClasses)[number]
export const keptClass = z.enum(keptClasses)

/** Nobody lets something go that they answered a moment ago. */
export const fewestDays = 30
export const mostDays = 3_650
