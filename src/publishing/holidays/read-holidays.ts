// Holidays of the organisation's places: in a range, on a day, and which places those are.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { holidaysOfYear, isKnownPlace, knownPlaces, placeName } from './holiday-data.ts'
import { placesOf, replacePlaces } from './store.ts'
import { type Holiday, type HolidayPlace, isDayOff } from './types.ts'

type Deps = Pick<Services, 'db'>
type NamedPlace = HolidayPlace & { name: string }

const longestDays = 400

export async function listHolidays(
  { db }: Deps,
  caller: Caller,
  { from, to, language }: { from: string; to: string; language: string },
): Promise<Holiday[]> {
  if (to < from) throw new Refusal('range-backwards', { field: 'to' })
  if (Date.parse(to) - Date.parse(from) > longestDays * 24 * 3600_000)
    throw new Refusal('range-too-long', { field: 'to', params: { days: longestDays } })
  const places = await inOrg(db, caller.orgId, (tx) => placesOf(tx, caller.orgId))
  const found = await holidaysOf(places, from, to, language)
  return found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.place.localeCompare(b.place)))
}

/** Days off among these days, by day. */
export async function holidaysOn(
  tx: Tx,
  orgId: string,
  days: string[],
  language: string,
): Promise<Map<string, Holiday[]>> {
  const places = await placesOf(tx, orgId)
  if (places.length === 0 || days.length === 0) return new Map()
  const wanted = new Set(days)
  const byYear = await Promise.all(
    [...new Set(days.map((day) => day.slice(0, 4)))].map((year) =>
      holidaysOf(places, `${year}-01-01`, `${year}-12-31`, language),
    ),
  )
  return Map.groupBy(
    byYear.flat().filter(({ day, type }) => wanted.has(day) && isDayOff(type)),
    ({ day }) => day,
  )
}

async function holidaysOf(places: HolidayPlace[], from: string, to: string, language: string): Promise<Holiday[]> {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  // A holiday of several days may begin in the year before.
  const years = Array.from({ length: last - first + 2 }, (_, index) => first - 1 + index)
  const found: Holiday[] = []
  for (const place of places) for (const year of years) found.push(...(await holidaysOfYear(place, year, language)))
  return found.filter(({ day }) => day >= from && day <= to)
}

export const listPlaces = (services: Deps, caller: Caller, { language }: { language: string }): Promise<NamedPlace[]> =>
  inOrg(services.db, caller.orgId, (tx) => placesOf(tx, caller.orgId)).then((places) => named(places, language))

const named = (places: HolidayPlace[], language: string): Promise<NamedPlace[]> =>
  Promise.all(places.map(async (place) => ({ ...place, name: await placeName(place, language) })))

export async function setPlaces(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { places }: { places: HolidayPlace[] },
): Promise<NamedPlace[]> {
  for (const [index, place] of places.entries())
    if (!(await isKnownPlace(place))) throw new Refusal('place-not-known', { field: `places.${index}` })
  const distinct = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()]
  await inOrg(services.db, caller.orgId, async (tx) => {
    await replacePlaces(
      tx,
      caller.orgId,
      distinct.map((place) => ({ ...place, id: newId() })),
    )
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'holidays.chosen',
      subject: { kind: 'organisation', id: caller.orgId },
      facts: { places: distinct },
    })
  })
  return named(distinct, 'en')
}

export const listKnownPlaces = (given: { country?: string; state?: string; language: string }) =>
  knownPlaces(given, given.language)
