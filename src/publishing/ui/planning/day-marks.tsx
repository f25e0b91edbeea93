// What a day of the calendar is beside its posts: a holiday where the organisation has places, or part of a quiet time.
//
//   const marks = useDayMarks(range.days)
//   <DayMarks marks={marks.get(day)} />

import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { isDayOff } from '../../holidays/types.ts'
import { useHolidays } from '../holidays/use-holidays.ts'
import { type DayMark, marksOf } from './marks-of-days.ts'
import './day-marks.css'

/** `days`: those that are shown, in their order. Empty while they are loading. */
export function useDayMarks(days: string[]): ReadonlyMap<string, DayMark[]> {
  const org = useOrg()
  const holidays = useHolidays({ from: days[0]!, to: days.at(-1)! })
  const guardrails = useQuery(
    api.guardrails.list.queryOptions({ input: { org: org.id }, select: quietTimes, staleTime: 300_000 }),
  )
  const quiet = guardrails.data
  return useMemo(() => {
    const off = new Map(
      [...holidays].map(([day, each]) => [day, each.map((one) => ({ ...one, off: isDayOff(one.type) }))]),
    )
    return marksOf(days, off, quiet ?? [])
  }, [days, holidays, quiet])
}

const quietTimes = (all: { kind: string; name: string; settings: { from?: string; to?: string; zone?: string } }[]) =>
  all.flatMap(({ kind, name, settings: { from, to, zone } }) =>
    kind === 'quiet-period' && from && to ? [{ name, from, to, zone: zone ?? 'UTC' }] : [],
  )

/** One line each: a holiday, a quiet time. What there is no room for is said on hover, and to screen readers. */
export function DayMarks({ marks }: { marks: DayMark[] | undefined }) {
  if (!marks) return null
  return marks.map(({ kind, strong, words, lines }) => (
    <Tooltip key={kind} label={lines.map((line) => <div key={line}>{line}</div>)} multiline openDelay={300}>
      <span className="dm-mark" data-kind={kind} data-strong={strong || undefined}>
        {kind === 'quiet' ? <IconMoon size={12} aria-hidden /> : <IconSun size={12} aria-hidden />}
        <span aria-hidden>{words}</span>
        <VisuallyHidden>{`${kind === 'quiet' ? 'Quiet time' : 'Holiday'}: ${lines.join('; ')}.`}</VisuallyHidden>
      </span>
    </Tooltip>
  ))
}
