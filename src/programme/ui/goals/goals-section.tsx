// Goals of the programme: how each stands against its line; set, read, ended, open again.

import { Button } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { GoalCard } from './goal-card.tsx'
import { GoalDialog } from './goal-dialog.tsx'

export type Goal = Output<typeof client.goals.list>[number]

export function GoalsSection({ today }: { today: string }) {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const goals = useQuery(api.goals.list.queryOptions({ input: { org: org.id } }))
  const isFull = (goals.data?.length ?? 0) > 0
  const set = may('programme.lead') && <Button onClick={() => setOpen(true)}>Set a goal</Button>
  return (
    <Section title="Goals" actions={isFull && set}>
      {goals.isPending && <LoadingRows />}
      <ErrorPanel error={goals.error} retry={() => void goals.refetch()} />
      {goals.data && !isFull && (
        <EmptyState title="No goal is set" icon={<IconTargetArrow size={28} stroke={1.5} />} action={set} order={3}>
          A goal has a measure, what it is today, what it shall be, and a day. Wishes like “more followers” are no goals
          yet.
        </EmptyState>
      )}
      {isFull && (
        <div className="plan-goals">
          {goals.data?.map((goal) => (
            <GoalCard key={goal.id} goal={goal} today={today} />
          ))}
        </div>
      )}
      <GoalDialog opened={open} close={() => setOpen(false)} today={today} />
    </Section>
  )
}
