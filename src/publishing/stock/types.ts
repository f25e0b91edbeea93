// The shapes of stock and freshness: what an organisation wants of its content.

import { z } from 'zod'

/** Applies where an organisation set nothing. The migration has the same numbers as defaults of its columns. */
export const defaultSettings = { recycledLimit: 20, stockDays: 5, materialDays: 7, sectorFactor: 1 }

export const contentSettings = z.object({
  recycledLimit: z.number().int().min(0).max(100).describe('Percent of what goes out that may be recycled'),
  stockDays: z.number().int().min(0).max(365).describe('Somebody is told when content lasts for fewer days'),
  materialDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .describe('Days before its due day by which a brief needs its material'),
  sectorFactor: z
    .number()
    .min(0.01)
    .max(100)
    .describe('The half-lives of channels are multiplied by it; below 1 where news ages fast'),
})
export type ContentSettings = z.infer<typeof contentSettings>
