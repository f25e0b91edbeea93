// Programmes that ended, with the reasons.

import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client, type Output } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { dayText } from '../../kit/time.ts'
import { TimeText } from '../../kit/time-text.tsx'
import { showProblem } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { refreshProgramme } from './refresh-programme.ts'

type Past = Output<typeof client.programme.read>['past']

export function PastProgrammes({ past, goesOn }: { past: Past; goesOn: boolean }) {
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
