// Programmes that ended, with the reasons and the goals that they had.

import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { dayText } from '../../kit/time.ts'
import { TimeText } from '../../kit/time-text.tsx'
import { showProblem } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { GoalCard } from './goals/goal-card.tsx'
import { refreshProgramme } from './refresh-programme.ts'

type Past = Output<typeof client.programme.read>['past']

export function PastProgrammes({ past, goesOn, today }: { past: Past; goesOn: boolean; today: string }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const resume = useMutation({
    mutationFn: (id: string) => client.programme.resume({ org: org.id, id }),
    onSuccess: () => refreshProgramme(queryClient),
    onError: (error) => showProblem(error),
  })
  if (past.length === 0) return null
  return (
    <Section title="Programmes that ended">
      <ul className="plan-list">
        {past.map(({ id, name, beginsOn, endedAt, endedBy, endReason }) => (
          <li key={id} className="plan-row">
            <div>
              <strong>{name}</strong>
              <p className="lr-dimmed">
                From {dayText(beginsOn)} until <TimeText at={endedAt!} />
                {endedBy && `, ended by ${endedBy.name}`}
              </p>
              <p>{endReason}</p>
              <PastGoals id={id} name={name} today={today} />
            </div>
            {!goesOn && may('programme.lead') && (
              <Button variant="default" size="xs" loading={resume.isPending} onClick={() => resume.mutate(id)}>
                Go on after all
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Asked for when somebody wants to see them. */
function PastGoals({ id, name, today }: { id: string; name: string; today: string }) {
  const org = useOrg()
  const [isOpen, setOpen] = useState(false)
  const input = { org: org.id, programme: id }
  const goals = useQuery({ ...api.goals.list.queryOptions({ input }), enabled: isOpen })
  return (
    <details className="plan-before" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={`Goals of ${name}`}>Its goals</summary>
      {goals.isLoading && <LoadingRows rows={2} />}
      <ErrorPanel error={goals.error} retry={() => void goals.refetch()} />
      {goals.data?.length === 0 && <p className="lr-dimmed">It had none.</p>}
      <div className="plan-goals">
        {goals.data?.map((goal) => (
          <GoalCard key={goal.id} goal={goal} today={today} isPast />
        ))}
      </div>
    </details>
  )
}
