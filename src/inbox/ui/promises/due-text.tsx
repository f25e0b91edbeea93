// When something is due, in words and with a sign, so that colour never says it alone.

import { IconAlertTriangle, IconClock, IconClockExclamation } from '@tabler/icons-react'
import { TimeText, useNow } from '../../../kit/time-text.tsx'
import { dueWords, toneOf } from './promise-words.ts'
import './promises.css'

const signs = { overdue: IconAlertTriangle, soon: IconClockExclamation, later: IconClock }

export function DueText({ due }: { due: { at: string; soonAt: string | null } }) {
  const now = useNow(30_000)
  const tone = toneOf(due, now)
  const Sign = signs[tone]
  const words = dueWords(due.at, now)
  return (
    <span className="pr-due" data-tone={tone}>
      <Sign size={14} stroke={2} aria-hidden />
      {words ?? (
        <>
          {tone === 'overdue' ? 'Overdue since ' : 'Due '}
          <TimeText at={due.at} />
        </>
      )}
    </span>
  )
}
