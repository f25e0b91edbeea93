// Holidays for calendars: those of a range by their day.
//
//   const holidays = useHolidays({ from: '2026-03-01', to: '2026-03-31' })     days as the calendar has them, ends included
//   holidays.get('2026-03-08')

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

export type Holiday = Output<typeof client.holidays.list>[number]

const none: ReadonlyMap<string, Holiday[]> = new Map()

/** The language of the viewer's browser, as far as names are in it. */
export const viewerLanguage = (): string => {
  const tag = navigator.language
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : 'en'
}

/** Empty while they are loading, and where no place is chosen. */
export function useHolidays({ from, to }: { from: string; to: string }): ReadonlyMap<string, Holiday[]> {
  const org = useOrg()
  const { data } = useQuery(
    api.holidays.list.queryOptions({
      input: { org: org.id, from, to, language: viewerLanguage() },
      enabled: from <= to,
      staleTime: 3_600_000,
    }),
  )
  return useMemo(() => (data ? Map.groupBy(data, ({ day }) => day) : none), [data])
}
