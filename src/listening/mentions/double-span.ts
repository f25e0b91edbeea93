// How far in time what says the same may lie from the first that said it: what asks for the one or the other looks into few months.

import { type RawBuilder, sql } from 'kysely'

/** A repost comes within a month of its original. */
export const repostDays = 31
/** Clocks of authors go wrong by days. */
const clockDays = 4

const earlier = sql.raw(`interval '${clockDays} days'`)
const later = sql.raw(`interval '${repostDays + clockDays} days'`)

/** Both are instants in SQL. */
export const doubleNear = (double: RawBuilder<unknown>, first: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`${double} > ${first} - ${earlier} and ${double} < ${first} + ${later}`

/** The same, to look for the first. */
export const firstNear = (first: RawBuilder<unknown>, double: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`${first} > ${double} - ${later} and ${first} < ${double} + ${earlier}`
