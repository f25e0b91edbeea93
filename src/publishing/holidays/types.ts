// The shapes of holidays: places whose days an organisation keeps in sight, and the days themselves.

import { z } from 'zod'

export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35)
  .describe('Language of names, where there are names in it')
  .meta({ examples: ['en'] })

const code = z.string().regex(/^[A-Za-z0-9-]{1,20}$/)

export const holidayPlace = z
  .object({
    country: z.string().regex(/^[A-Z]{2}$/),
    state: code.nullable().default(null),
    region: code.nullable().default(null),
  })
  .meta({ examples: [{ country: 'DE', state: null, region: null }] })
export type HolidayPlace = z.infer<typeof holidayPlace>

export const holidayTypes = ['public', 'bank', 'school', 'optional', 'observance'] as const

export const holiday = z.object({
  /** As calendars have it, whatever the zone. */
  day: z.iso.date(),
  name: z.string(),
  type: z.enum(holidayTypes),
  /** Where: “Germany, Bayern”. */
  place: z.string(),
  country: z.string(),
})
export type Holiday = z.infer<typeof holiday>

/** Days on which people are off work; scheduling on one is warned. Others are only shown. */
export const isDayOff = (type: Holiday['type']): boolean => type === 'public' || type === 'bank'
