// Each post that is to move: from when to when, what stands against it, whether it comes along, and at the end why it did not.

import { Checkbox } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight, IconCheck, IconX } from '@tabler/icons-react'
import { type client, type Output, refusalOf } from '../../../kit/api.ts'
import { refusalWords } from '../../../kit/words.ts'
import type { BulkAnswer } from '../../bulk/types.ts'
import type { CalendarLine } from '../calendar-context.ts'
import { shortDay } from '../calendar-days.ts'
import { conflictWords } from './conflict-words.ts'
import type { ProposedMove } from './moves.ts'
import { refusedBy } from './use-bulk.ts'

interface MovePreviewProps {
  moves: ProposedMove<CalendarLine>[]
  conflicts: Output<typeof client.planning.conflicts> | undefined
  left: ReadonlySet<string>
  setLeft: (left: ReadonlySet<string>) => void
  answer: BulkAnswer | null
  zone: string
}

export function MovePreview({ moves, conflicts, left, setLeft, answer, zone }: MovePreviewProps) {
  const outcomes = new Map(answer?.rows.map((row) => [row.id, row]))
  if (moves.length === 0) return <p className="lr-page-description">With this nothing moves.</p>
  return (
    <ul className="ca-moves" aria-label="Preview">
      {moves.map(({ line, from, to }, at) => {
        const outcome = outcomes.get(line.id)
        const summary = line.summary || 'Without text'
        const against = conflicts?.[at]?.conflicts ?? []
        return (
          <li key={line.id} data-left={left.has(line.id) || undefined} data-against={against.length > 0 || undefined}>
            {answer ? (
              <span className="ca-moves-sign">
                {outcome && (outcome.done ? <IconCheck size={16} /> : <IconX size={16} />)}
              </span>
            ) : (
              <Checkbox
                size="xs"
                checked={!left.has(line.id)}
                aria-label={`Take along: ${summary.slice(0, 60)}`}
                onChange={() => {
                  const next = new Set(left)
                  if (!next.delete(line.id)) next.add(line.id)
                  setLeft(next)
                }}
              />
            )}
            <span className="ca-moves-words">{summary}</span>
            <span className="ca-moves-times">
              {momentOf(from)} <IconArrowRight size={12} aria-label="to" /> <strong>{momentOf(to)}</strong>
            </span>
            {!answer &&
              against.map((conflict) => (
                <span
                  key={`${conflict.code} ${conflict.accountId}`}
                  className="ca-moves-against"
                  data-level={conflict.level}
                >
                  <IconAlertTriangle size={14} aria-hidden /> {conflictWords(conflict, zone)}
                </span>
              ))}
            {outcome && !outcome.done && (
              <span className="ca-moves-against" data-level="error">
                Stays where it was. {refusalWords(refusalOf(refusedBy(outcome))).what}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' })

const momentOf = (wall: string): string =>
  `${shortDay(wall.slice(0, 10))} ${month.format(new Date(`${wall.slice(0, 10)}T00:00Z`))}, ${wall.slice(11, 16)}`
