// Days of a calendar, both included, as SQL: the instants at which they begin and end in a zone, clock changes included.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { DaySpan } from '../lib/days.ts'

export const beginOf = ({ from, zone }: Pick<DaySpan, 'from' | 'zone'>) =>
  sql<Date>`(${from}::date::timestamp at time zone ${zone})`

/** Not in it any more. */
export const endOf = ({ to, zone }: Pick<DaySpan, 'to' | 'zone'>) =>
  sql<Date>`((${to}::date + 1)::timestamp at time zone ${zone})`

/** `column`: an instant. */
export const withinDays = (column: RawBuilder<unknown>, span: DaySpan) =>
  sql<SqlBool>`(${column} >= ${beginOf(span)} and ${column} < ${endOf(span)})`
