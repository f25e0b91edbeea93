// Conversations that we began: this week beside what was planned, the weeks before, and the goals.

import { Button, Group, Modal, NumberInput, Progress, Select, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { dayText } from '../../../kit/time.ts'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import '@mantine/core/styles/NumberInput.css'
import '@mantine/core/styles/Progress.css'
import './measures.css'

type Begun = Output<typeof client.beginning.read>
type Line = Begun['thisWeek'][number]

export function BegunSection() {
  const org = useOrg()
  const may = useMay()
  const [departmentId] = useSearchWord('department')
  const [planning, setPlanning] = useState(false)
  const input = { org: org.id, departmentId, weeks: 12 }
  const found = useQuery(api.beginning.read.queryOptions({ input }))
  return (
    <Section
      title="Begun by you"
      description="Conversations in which you spoke first, by week. They are not part of reply times or of promises kept."
      actions={
        may('inbox.plan') && (
          <Button variant="default" size="compact-sm" onClick={() => setPlanning(true)}>
            Plan a week
          </Button>
        )
      }
    >
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && (
        <>
          <ul className="me-lines" aria-label="This week">
            {found.data.thisWeek.map((line) => (
              <WeekLine key={line.department?.id ?? 'all'} line={line} />
            ))}
          </ul>
          <Weeks begun={found.data} />
        </>
      )}
      {planning && found.data && <GoalDialog lines={found.data.thisWeek} close={() => setPlanning(false)} />}
    </Section>
  )
}

function WeekLine({ line }: { line: Line }) {
  const { department, begun, answered, goal } = line
  const name = department?.name ?? 'Everybody'
  const words = goal === null ? `${begun} this week, no goal` : `${begun} of ${goal} this week`
  return (
    <li>
      <p>
        <strong>{name}</strong> {words}, {answered} of them answered
      </p>
      {goal !== null && (
        <Progress
          value={Math.min(100, (begun / goal) * 100)}
          color={begun >= goal ? 'done' : undefined}
          aria-label={`${name}: ${words}`}
        />
      )}
    </li>
  )
}

const nameOf = (week: string): string => `Week of ${dayText(week, 'short')}`

function Weeks({ begun: { weeks } }: { begun: Begun }) {
  return (
    <>
      <LineChart
        label="Conversations begun, answered and planned by week"
        height={180}
        data={weeks.map(({ week, begun, answered, goal }) => ({ x: dayText(week, 'short'), begun, answered, goal }))}
        series={[
          { name: 'begun', label: 'Begun' },
          { name: 'answered', label: 'Of these answered' },
          { name: 'goal', label: 'Goal', color: 'slate.3' },
        ]}
      />
      <DataTable
        label="Begun by you, by week"
        rows={weeks.toReversed()}
        rowKey={({ week }) => week}
        csv={{ name: 'begun-conversations' }}
        empty={<EmptyState title="No week yet" order={3} />}
        columns={[
          { id: 'week', header: 'Week', primary: true, cell: ({ week }) => nameOf(week), csv: ({ week }) => week },
          { id: 'begun', header: 'Begun', cell: ({ begun }) => begun, csv: ({ begun }) => begun },
          { id: 'answered', header: 'Answered', cell: ({ answered }) => answered, csv: ({ answered }) => answered },
          { id: 'goal', header: 'Goal', cell: ({ goal }) => goal ?? '–', csv: ({ goal }) => goal },
        ]}
      />
    </>
  )
}

function GoalDialog({ lines, close }: { lines: Line[]; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  const [departmentId, setDepartmentId] = useState<string | null>(null)
  const goalOf = (id: string | null) => lines.find(({ department }) => (department?.id ?? null) === id)?.goal ?? 0
  const [weekly, setWeekly] = useState<number | string>(goalOf(null))
  const save = useMutation({
    mutationFn: () => client.beginning.setGoal({ org: org.id, departmentId, weekly: Number(weekly) || 0 }),
    onSuccess: async () => {
      await refresh(queryClient, api.beginning)
      showDone('Planned from this week on')
      close()
    },
    onError: (error) => showProblem(error),
  })
  return (
    <Modal opened onClose={close} title="Conversations to begin in a week">
      <Stack gap="sm">
        <Select
          label="By whom"
          placeholder="Everybody together"
          clearable
          data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={departmentId}
          onChange={(id) => {
            setDepartmentId(id)
            setWeekly(goalOf(id))
          }}
        />
        <NumberInput
          label="In a week"
          description="From this week on; 0 is no goal. What was planned for earlier weeks stays."
          min={0}
          max={1000}
          allowDecimal={false}
          value={weekly}
          onChange={setWeekly}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
