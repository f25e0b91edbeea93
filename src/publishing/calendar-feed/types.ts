// The shapes of calendar feeds: secret addresses under which calendar programs read the calendar.

import { z } from 'zod'
import { instant } from '../../lib/route.ts'

export const feedScopes = ['all', 'mine', 'account', 'campaign'] as const

export const feedView = z.object({
  id: z.uuid(),
  name: z.string(),
  scope: z.enum(feedScopes),
  scopeId: z.uuid().nullable(),
  createdAt: instant,
  renewedAt: instant.nullable(),
  lastReadAt: instant.nullable(),
})

/** Shown once. */
export const newFeed = feedView.extend({ url: z.string() })
