// Looks one mention up by its key, beside rows that name it.

import { type RawBuilder, sql } from 'kysely'

/**
 * As the right side of a cross join. A plain join leaves it to the server whether it looks up each or reads all mentions and throws nearly all
 * away: it cannot know that a time names one month, so it takes looking up for a dozen times as much work as it is.
 */
export const mentionAt = (orgId: string, at: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`lateral (select * from mentions where org_id = ${orgId} and at = ${at} and id = ${id} limit 1)`
