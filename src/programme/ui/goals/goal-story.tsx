// What was read of a goal, each of which can be taken away, and what it was before somebody changed it.

import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { api, client } from '../../../kit/api.ts'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { numberText, unitOf } from '../programme-words.ts'
import type { Goal } from './goals-section.tsx'
import '@mantine/core/styles/ActionIcon.css'

interface Props {
  goal: Goal
  /** Nothing is done with it any more. */
  isOver: boolean
}

export function Readings({ goal, isOver }: Props) {
  const org = useOrg()
  const may = useMay()
  const input = { org: org.id, id: goal.id }
  const remove = useAct<string>(api.goals, (day) => client.goals.removeReading({ ...input, day }), {
    done: 'Taken away',
    back: (day) => client.goals.restoreReading({ ...input, day }),
  })
  if (goal.readings.length === 0) return null
  return (
    <details className="plan-before">
      <summary>{count(goal.readings.length, 'reading')}</summary>
      <ul className="plan-list">
        {goal.readings.toReversed().map(({ day, value, by, note }) => (
          <li key={day} className="plan-row">
            <span>
              {numberText(value)} <span className="lr-dimmed">{dayText(day)}</span>
              <span className="lr-dimmed">
                {' '}
                {by ? `by ${by.name}` : 'read by Longrun'}
                {note && `: ${note}`}
              </span>
            </span>
            {!isOver && may('programme.log') && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take away: ${numberText(value)} on ${dayText(day)}`}
                onClick={() => remove.mutate(day)}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

export function Changes({ goal, isOver }: Props) {
  const org = useOrg()
  const may = useMay()
  const back = useAct<number>(api.goals, (number) => client.goals.takeBack({ org: org.id, id: goal.id, number }))
  if (goal.changes.length === 0) return null
  const last = goal.changes.find(({ isTakenBack }) => !isTakenBack)
  return (
    <details className="plan-before">
      <summary>Changed {count(goal.changes.length, 'time')}</summary>
      <ul className="plan-list">
        {goal.changes.map((change) => (
          <li key={change.number} className="plan-row">
            <div>
              <p>
                Until <TimeText at={change.at} style="date" />: “{change.was.title}”, from{' '}
                {numberText(change.was.baseline)} to {numberText(change.was.target)} {unitOf(goal)} by{' '}
                {dayText(change.was.dueOn)}
                {change.was.owner && `, ${change.was.owner.name} answered for it`}
              </p>
              <p className="lr-dimmed">
                {change.by?.name ?? 'Somebody'}: {change.reason}
                {change.isTakenBack && ' (taken back)'}
              </p>
            </div>
            {change === last && !isOver && may('programme.lead') && (
              <Button variant="default" size="xs" loading={back.isPending} onClick={() => back.mutate(change.number)}>
                Take this change back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
