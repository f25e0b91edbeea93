// A time in the viewer's zone, the account's zone beside it where the clocks differ, everything exact on hover and focus.
//
//   <TimeText at={post.dueAt} zone={account.timeZone} />            9 Aug, 14:30 (08:30 New York)
//   <TimeText at={event.at} relative />                              5 minutes ago

import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { relativeTime, sameClock, type TimeStyle, timeIn, zoneCity } from './time.ts'
import { useZone } from './viewer.tsx'

interface TimeTextProps {
  at: string | Date | null
  /** Zone of the account or organisation the time belongs to. */
  zone?: string | null
  style?: TimeStyle
  relative?: boolean
  /** What stands where there is no time. */
  none?: string
}

export function TimeText({ at, zone, style = 'moment', relative = false, none = '–' }: TimeTextProps) {
  const own = useZone()
  const now = useNow(relative ? 30_000 : 3_600_000)
  if (!at) return <span className="lr-dimmed">{none}</span>
  const instant = typeof at === 'string' ? new Date(at) : at
  const other = zone && style !== 'date' && !sameClock(instant, own, zone) ? zone : null
  const shown = (relative && relativeTime(instant, now)) || timeIn(instant, own, style, now)
  const exact = [own, ...(other ? [other] : [])].map(
    (name) => `${timeIn(instant, name, 'exact', now)}, ${zoneCity(name)}`,
  )
  return (
    <Tooltip label={exact.map((line) => <div key={line}>{line}</div>)} openDelay={300}>
      <time className="lr-time" dateTime={instant.toISOString()}>
        {shown}
        {other && !relative && <span className="lr-dimmed"> ({besideOf(instant, own, other, now)})</span>}
      </time>
    </Tooltip>
  )
}

/** Only the clock where both zones have the same day, else day and clock. */
function besideOf(instant: Date, own: string, other: string, now: Date): string {
  const sameDay = timeIn(instant, own, 'date', now) === timeIn(instant, other, 'date', now)
  return `${timeIn(instant, other, sameDay ? 'time' : 'moment', now)} ${zoneCity(other)}`
}

/** The present, renewed while the page is open. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
