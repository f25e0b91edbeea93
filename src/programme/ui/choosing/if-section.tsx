// What would be if: somebody leaves, there are other minutes, a channel stops; side by side with the present.

import { Group, NumberInput, Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { isOpen } from '../../choices/types.ts'
import { Working } from './choice-section.tsx'
import type { Choice, Worth } from './choosing-page.tsx'
import { shortly, unitWords } from './worth-words.ts'
import '@mantine/core/styles/NumberInput.css'

interface Props {
  choices: Choice[]
  worth: Worth
}

export function IfSection({ choices, worth }: Props) {
  const may = useMay()
  const base = choices.find(({ baseId, plan }) => baseId === null && plan)
  if (!base) return null
  const own = choices.filter(({ baseId }) => baseId === base.id)
  const working = own.find(({ state }) => isOpen(state))
  const told = own.find(({ whatIf, conflict }) => whatIf ?? conflict)
  return (
    <Section
      title="What would be if"
      description="The plan above, once more with one change, and nothing kept to find out. It changes nothing."
    >
      {may('programme.lead') && <IfForm base={base} worth={worth} />}
      {working && <Working choice={working} />}
      {told && !told.whatIf && !working && <p role="status">{told.conflict?.words}</p>}
      {told?.whatIf && !working && <Told whatIf={told.whatIf} unit={unitWords[told.unit].label.toLowerCase()} />}
    </Section>
  )
}

interface Values extends Record<string, unknown> {
  kind: string
  memberId: string
  channel: string
  more: number | string
  weekday: string
}

const days = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']
const everybody = 'everybody'

function IfForm({ base, worth }: { base: Choice; worth: Worth }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const people = base.people.map(({ memberId, name }) => ({ value: memberId, label: name }))
  const names = new Map(worth.lines.map(({ channel, channelName }) => [channel, channelName]))
  const channels = [...new Set(base.plan?.lines.map(({ channel }) => channel))]
    .filter((channel) => channel !== '')
    .map((value) => ({ value, label: names.get(value) ?? value }))
  const form = useServerForm<Values, unknown>({
    initialValues: {
      ...{ kind: 'person-leaves', memberId: people[0]?.value ?? '', channel: channels[0]?.value ?? '' },
      ...{ more: 30, weekday: '' },
    },
    validate: ({ kind, more }) => ({
      more: kind === 'minutes' && (typeof more !== 'number' || more === 0) ? 'How many minutes? Below 0: less.' : null,
    }),
    send: (values) => client.choices.whatIf({ org: org.id, id: base.id, change: changeOf(values) }),
    done: () => refresh(queryClient, api.choices),
  })
  const { kind } = form.values.getValues()
  const kinds = [
    { value: 'person-leaves', label: 'somebody leaves' },
    { value: 'minutes', label: 'there are other minutes' },
    ...(channels.length > 0 ? [{ value: 'channel-stops', label: 'a channel stops' }] : []),
  ]
  const who = kind === 'minutes' ? [{ value: everybody, label: 'Everybody' }, ...people] : people
  return (
    <ServerForm form={form} submit="Show it" label="What would be if" kept={null}>
      <Group align="flex-start" gap="sm">
        <Select label="If" w={220} allowDeselect={false} data={kinds} {...form.field('kind')} />
        {kind === 'channel-stops' ? (
          <Select label="Which" w={220} allowDeselect={false} data={channels} {...form.field('channel')} />
        ) : (
          <Select label="Who" w={220} allowDeselect={false} data={who} {...form.field('memberId')} />
        )}
        {kind === 'minutes' && (
          <>
            <NumberInput label="Minutes more" w={140} min={-2400} max={2400} {...form.field('more')} />
            <Select
              label="On"
              w={180}
              allowDeselect={false}
              data={[
                { value: '', label: 'no day in particular' },
                ...days.map((label, at) => ({ value: String(at + 1), label })),
              ]}
              {...form.field('weekday')}
            />
          </>
        )}
      </Group>
    </ServerForm>
  )
}

type Change = Parameters<typeof client.choices.whatIf>[0]['change']

function changeOf({ kind, memberId, channel, more, weekday }: Values): Change {
  if (kind === 'channel-stops') return { kind, channel }
  if (kind === 'person-leaves') return { kind, memberId }
  const day = weekday === '' ? null : (Number(weekday) as 1)
  return { kind: 'minutes', memberId: memberId === everybody ? null : memberId, more: Number(more), weekday: day }
}

function Told({ whatIf, unit }: { whatIf: NonNullable<Choice['whatIf']>; unit: string }) {
  const rows = whatIf.lines.filter(({ before, after }) => before > 0 || after > 0)
  return (
    <div className="choice-part">
      <p className="choice-says" role="status">
        {whatIf.words}
      </p>
      <p className="choice-facts">
        <span>
          Now: <strong>{shortly(whatIf.before)}</strong> {unit}
        </span>
        <span>
          Then: <strong>{whatIf.after === null ? 'no plan fits' : `${shortly(whatIf.after)} ${unit}`}</strong>
        </span>
      </p>
      <DataTable
        label="Now and then"
        rows={rows}
        rowKey={({ line }) => line}
        empty={<p className="lr-dimmed">Nothing is planned either way.</p>}
        columns={[
          { ...{ id: 'name', header: 'What', primary: true }, cell: ({ name }) => name },
          { ...{ id: 'before', header: 'Now', align: 'end' as const }, cell: ({ before }) => before },
          { ...{ id: 'after', header: 'Then', align: 'end' as const }, cell: ({ after }) => after },
          {
            ...{ id: 'change', header: 'Change', align: 'end' as const },
            cell: ({ before, after }) =>
              after === before ? '–' : `${after > before ? '+' : '−'}${Math.abs(after - before)}`,
          },
        ]}
      />
    </div>
  )
}
