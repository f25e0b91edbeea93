// What an hour brings, line by line: the range, how many items stand behind it, what people say of it.

import { Button, Group, Modal, Select } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { GoalUnit } from '../../worth/types.ts'
import type { Worth, WorthLine } from './choosing-page.tsx'
import { RangeBar } from './range-bar.tsx'
import { TellForm } from './tell-form.tsx'
import { ageText, knownWords, lineLabel, share, shortly, unitOptions, unitWords } from './worth-words.ts'

export function WorthSection({ worth }: { worth: Worth }) {
  const may = useMay()
  const isLead = may('programme.lead')
  const [told, setTold] = useState<WorthLine | 'new' | null>(null)
  const most = Math.max(0, ...worth.lines.map(({ anHour }) => anHour?.high ?? 0))
  const add = isLead && (
    <Button variant="default" onClick={() => setTold('new')}>
      Add a line
    </Button>
  )
  return (
    <Section
      title="What an hour brings"
      description={`In ${unitWords[worth.unit].label.toLowerCase()}, each item judged at five of its half-lives, older ones counting less. ${unitWords[worth.unit].means}`}
      actions={
        <Group gap="xs" align="flex-end">
          <UnitSelect unit={worth.unit} isFixed={!isLead} />
          {worth.lines.length > 0 && add}
        </Group>
      }
    >
      <DataTable
        label="What an hour brings"
        rows={worth.lines}
        rowKey={({ channel, activity }) => `${channel}:${activity}`}
        columns={columnsOf(most, isLead ? setTold : null)}
        csv={{ name: 'what-an-hour-brings' }}
        empty={
          <EmptyState title="Nothing is known yet" icon={<IconScale size={28} stroke={1.5} />} action={add} order={3}>
            Longrun reads the numbers of what you publish. Until there are some, add lines with an estimate of your own.
          </EmptyState>
        }
      />
      <Modal
        opened={told !== null}
        onClose={() => setTold(null)}
        title={told === 'new' || told === null ? 'Add a line' : lineLabel(told.activity, told.channelName)}
      >
        {told && <TellForm line={told === 'new' ? null : told} worth={worth} close={() => setTold(null)} />}
      </Modal>
    </Section>
  )
}

function UnitSelect({ unit, isFixed }: { unit: GoalUnit; isFixed: boolean }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const choose = useMutation({
    mutationFn: (next: GoalUnit) => client.worth.chooseUnit({ org: org.id, unit: next }),
    onSuccess: () => refresh(queryClient, api.worth),
    onError: (error) => showProblem(error),
  })
  return (
    <Select
      label="Judged by"
      w={160}
      allowDeselect={false}
      disabled={isFixed || choose.isPending}
      data={unitOptions}
      value={unit}
      onChange={(next) => next && next !== unit && choose.mutate(next as GoalUnit)}
    />
  )
}

function columnsOf(most: number, tell: ((line: WorthLine) => void) | null): Column<WorthLine>[] {
  const columns: Column<WorthLine>[] = [
    {
      ...{ id: 'what', header: 'What and where', primary: true },
      cell: (line) => (
        <>
          {lineLabel(line.activity, line.channelName)} {line.isStopped && <Badge tone="quiet">Stopped</Badge>}
        </>
      ),
      csv: ({ activity, channelName }) => lineLabel(activity, channelName),
    },
    {
      ...{ id: 'hour', header: 'An hour brings (four of five)' },
      cell: ({ anHour, known }) =>
        anHour ? (
          <RangeBar range={anHour} most={most} isWeak={known !== 'measured'} />
        ) : (
          <span className="lr-dimmed">Nobody knows</span>
        ),
      csv: ({ anHour }) => anHour?.likely ?? null,
    },
    {
      id: 'known',
      width: 240,
      header: 'Known by',
      cell: (line) => <Known line={line} />,
      csv: ({ known }) => knownWords[known].label,
    },
    {
      ...{ id: 'minutes', header: 'Minutes of one', align: 'end' },
      cell: ({ minutes }) => (minutes ? shortly(minutes.mean) : '–'),
      csv: ({ minutes }) => minutes?.mean ?? null,
    },
    {
      ...{ id: 'decay', header: 'A further one is worth', width: 180 },
      cell: (line) => <Decay line={line} />,
      csv: ({ decay }) => decay,
    },
    {
      ...{ id: 'weekly', header: 'A week: done, planned', align: 'end' },
      cell: ({ doneWeekly, plannedWeekly }) => `${shortly(doneWeekly)}, ${shortly(plannedWeekly)}`,
      csv: ({ plannedWeekly }) => plannedWeekly,
    },
  ]
  if (!tell) return columns
  const say: Column<WorthLine> = {
    ...{ id: 'say', header: 'Actions', actions: true },
    cell: (line) => (
      <Button
        variant="default"
        size="xs"
        aria-label={`Say what you know of ${lineLabel(line.activity, line.channelName)}`}
        onClick={() => tell(line)}
      >
        Say what you know
      </Button>
    ),
  }
  return [...columns, say]
}

/** Of the one before it in the same week. */
function Decay({ line: { decay, decayKnown } }: { line: WorthLine }) {
  const { by, low, high, weeks } = decayKnown
  const range = `${share(low)} to ${share(high)}`
  const means = {
    told: 'As you said.',
    learned: `Learned from ${count(weeks, 'planned week')}; ${range} with four of five.`,
    assumed: `Assumed; ${range}. Plan weeks with many and with few by turns, and it is learned.`,
  }
  return (
    <div>
      {share(decay)} {by === 'learned' && <Badge tone="done">Learned</Badge>}
      <p className="lr-dimmed worth-means">{means[by]}</p>
    </div>
  )
}

function Known({ line }: { line: WorthLine }) {
  const { known, items, young, unread, trust, ageMinutes } = line
  const more = [
    items > 0 && `${count(items, 'item')}${ageMinutes === null ? '' : ` at ${ageText(ageMinutes)}`}`,
    known === 'measured' && `own numbers count ${share(trust)}`,
    young > 0 && `${young} too young`,
    unread > 0 && `${unread} not read`,
  ].filter(Boolean)
  return (
    <div>
      <Badge tone={knownWords[known].tone}>{knownWords[known].label}</Badge>
      <p className="lr-dimmed worth-means">{more.length > 0 ? `${more.join(', ')}.` : knownWords[known].means}</p>
    </div>
  )
}
