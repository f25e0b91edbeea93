// Which days are holidays where. The data is that of date-holidays, CC BY-SA 3.0 (see THIRD-PARTY-NOTICES); loaded when first asked for.

import type Holidays from 'date-holidays'
import { addDays } from '../../lib/days.ts'
import { type Holiday, type HolidayPlace, isDayOff } from './types.ts'

type Data = typeof Holidays

let loading: Promise<Data> | null = null
const load = (): Promise<Data> => {
  loading ??= import('date-holidays').then((module) => module.default)
  return loading
}

/** Those of one year take some milliseconds to make; pages ask for the same ones again and again. */
const years = new Map<string, Holiday[]>()
const mostYears = 500

const dayMs = 24 * 3600_000

/** `pt-BR` has no names of its own. */
const languageOf = (tag: string): string => tag.split('-')[0]!

export const holidaysOfYear = async (place: HolidayPlace, year: number, language: string): Promise<Holiday[]> =>
  holidaysIn(await load(), place, { year, language })

/** The days off in any of these places, by year. Loads the data first, so that asking takes no waiting. */
export async function loadDaysOff(places: HolidayPlace[]): Promise<(year: number) => ReadonlySet<string>> {
  if (places.length === 0) return () => new Set()
  const data = await load()
  const found = new Map<number, ReadonlySet<string>>()
  return (year) => {
    const known = found.get(year)
    if (known) return known
    // A holiday of several days may begin in the year before.
    const all = places.flatMap((place) =>
      [year - 1, year].flatMap((each) => holidaysIn(data, place, { year: each, language: 'en' })),
    )
    const days = new Set(all.filter(({ type }) => isDayOff(type)).map(({ day }) => day))
    found.set(year, days)
    return days
  }
}

function holidaysIn(
  Data: Data,
  place: HolidayPlace,
  { year, language }: { year: number; language: string },
): Holiday[] {
  const key = JSON.stringify([place.country, place.state, place.region, year, language])
  const known = years.get(key)
  if (known) return known
  const where = nameOf(Data, place, language)
  const found = new Data(place.country, place.state ?? '', place.region ?? '')
    .getHolidays(year, languageOf(language))
    .flatMap((each) => {
      const days = Math.max(1, Math.round((each.end.getTime() - each.start.getTime()) / dayMs))
      return Array.from({ length: days }, (_, index) => ({
        day: addDays(each.date.slice(0, 10), index),
        name: each.name,
        type: each.type,
        place: where,
        country: place.country,
      }))
    })
  if (years.size >= mostYears) years.delete(years.keys().next().value!)
  years.set(key, found)
  return found
}

/** Codes and names of what lies inside: countries of the world, states of a country, regions of a state. */
export async function knownPlaces(
  { country, state }: { country?: string; state?: string },
  language: string,
): Promise<{ code: string; name: string }[]> {
  const data = new (await load())()
  const short = languageOf(language)
  const found = !country
    ? data.getCountries(short)
    : !state
      ? data.getStates(country, short)
      : data.getRegions(country, state, short)
  return Object.entries(found ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
}

export const placeName = async (place: HolidayPlace, language: string): Promise<string> =>
  nameOf(await load(), place, language)

export async function isKnownPlace({ country, state, region }: HolidayPlace): Promise<boolean> {
  const data = new (await load())()
  if (!data.getCountries()[country]) return false
  if (state === null) return region === null
  const [states, regions] = [data.getStates(country) ?? {}, data.getRegions(country, state) ?? {}]
  return Object.hasOwn(states, state) && (region === null || Object.hasOwn(regions, region))
}

function nameOf(Data: Data, { country, state, region }: HolidayPlace, language: string): string {
  const data = new Data()
  const short = languageOf(language)
  return [
    data.getCountries(short)[country] ?? country,
    state && (data.getStates(country, short)?.[state] ?? state),
    state && region && (data.getRegions(country, state, short)?.[region] ?? region),
  ]
    .filter(Boolean)
    .join(', ')
}
