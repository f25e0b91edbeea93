// What was judged of an answer, by whom, and with which words.

import type { ReactNode } from 'react'
import { Badge } from '../../../kit/state-badge.tsx'
import type { DrillItem } from './drill-words.ts'

export function Judgement({
  item: { passed, note, judgedBy },
  children,
}: {
  item: DrillItem
  /** What can be done with it. */
  children?: ReactNode
}) {
  if (passed === null) return null
  return (
    <div>
      <p>
        <Badge tone={passed ? 'done' : 'crimson'}>{passed ? 'Passed' : 'Not passed'}</Badge>
        {judgedBy && <span className="dr-facts"> by {judgedBy.name}</span>}
      </p>
      <p className="dr-answer" dir="auto">
        {note}
      </p>
      {children}
    </div>
  )
}
