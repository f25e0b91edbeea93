// The words of the library: on what ground a file may be used, how lists are narrowed and ordered. Runs in the browser too.

import { z } from 'zod'

/** Ours, bought or licensed, permitted by somebody, or free for everybody. */
export const rightsBases = ['own', 'licensed', 'permission', 'free'] as const
export type RightsBasis = (typeof rightsBases)[number]

/** A day as calendars have it. */
export const day = z.iso.date().meta({ examples: ['2027-01-31'] })

export const rights = z.object({
  basis: z.enum(rightsBases).nullable().describe('null: nobody has said'),
  holder: z.string().trim().max(200).describe('Who gave the licence or the permission'),
  note: z.string().trim().max(5000).describe('The text of the permission, or where it is kept'),
  expiresOn: day.nullable().describe('The last day of use, in the time zone of the organisation; null: no end'),
  source: z.string().trim().max(500).describe('Where the file comes from'),
  credit: z.string().trim().max(300).describe('The line that names its maker'),
})
export type Rights = z.infer<typeof rights>

/** How the rights of a file stand on a day. */
export const rightsStates = ['held', 'expiring', 'expired', 'unknown'] as const
export type RightsState = (typeof rightsStates)[number]

export const mediaOrders = ['newest', 'oldest', 'name', 'largest', 'expiry'] as const
export type MediaOrder = (typeof mediaOrders)[number]

/** As many files as one change, and as one question by content, may name. */
export const mostAtOnce = 500
export const mostTags = 50
export const longestTag = 60
export const deepestFolder = 8
export const mostFolders = 2000

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ examples: ['0'.repeat(64)] })
