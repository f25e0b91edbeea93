// What people know of a line: their own estimate, what one takes, the most and the least of it. Taken back, it counts no longer.

import { Autocomplete, Button, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, type ServerFormState, useServerForm } from '../../../kit/form.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { activityFrom, activityLabel, activityOptions } from '../activity-words.ts'
import type { Worth, WorthLine } from './choosing-page.tsx'
import { lineLabel, shortly, unitWords } from './worth-words.ts'
import '@mantine/core/styles/NumberInput.css'

interface Values extends Record<string, unknown> {
  activity: string
  channel: string
  value: number | string
  minutes: number | string
  decay: number | string
  mostWeekly: number | string
  leastWeekly: number | string
  leastKind: string
  note: string
}

interface Props {
  /** null: a new one. */
  line: WorthLine | null
  worth: Worth
  close: () => void
}

const numberOr = (value: number | string): number | null => (typeof value === 'number' ? value : null)

export function TellForm({ line, worth, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const options = activityOptions(worth.lines.map(({ activity }) => activity))
  const idOf = (typed: string) => options.find(({ label }) => label === typed.trim())?.value ?? activityFrom(typed)
  const channels = channelsOf(worth)
  const keyOf = (typed: string) => channels.find(({ label }) => label === typed.trim())?.value ?? typed.trim()
  const told = line?.told ?? null
  const again = () => refresh(queryClient, api.worth, api.plan)
  const form = useServerForm<Values, Worth>({
    initialValues: {
      ...{ activity: line ? activityLabel(line.activity) : '', channel: line?.channelName ?? '' },
      ...{ value: told?.value ?? '', minutes: told?.minutes ?? '', decay: told?.decay ?? '' },
      ...{ mostWeekly: told?.mostWeekly ?? '', leastWeekly: told?.leastWeekly ?? '' },
      ...{ leastKind: told?.leastKind ?? 'minimum', note: told?.note ?? '' },
    },
    validate: ({ activity }) => ({
      activity: idOf(activity) ? null : 'What it is, is needed, in Latin letters or digits.',
    }),
    send: ({ activity, channel, leastKind, note, ...numbers }) =>
      client.worth.tell({
        ...{ org: org.id, unit: worth.unit, note, leastKind: leastKind === 'promise' ? 'promise' : 'minimum' },
        ...(line
          ? { activity: line.activity, channel: line.channel }
          : { activity: idOf(activity), channel: keyOf(channel) }),
        ...{ value: numberOr(numbers.value), minutes: numberOr(numbers.minutes), decay: numberOr(numbers.decay) },
        ...{ mostWeekly: numberOr(numbers.mostWeekly), leastWeekly: numberOr(numbers.leastWeekly) },
      }),
    done: async ({ lines }, { activity, channel }) => {
      close()
      await again()
      const key = line ?? { activity: idOf(activity), channel: keyOf(channel) }
      const now = lines.find((each) => each.activity === key.activity && each.channel === key.channel)?.told
      if (!now) return
      showUndo('Saved', async () => {
        if (told) await client.worth.recall({ org: org.id, id: told.id })
        else await client.worth.forget({ org: org.id, id: now.id })
        await again()
      })
    },
  })
  return (
    <ServerForm
      form={form}
      submit="Save"
      close={close}
      label="What you know of it"
      actions={told && <Forget id={told.id} name={lineLabel(told.activity, line!.channelName)} close={close} />}
    >
      {!line && (
        <Group grow align="flex-start">
          <Autocomplete
            label="What"
            data={options.map(({ label }) => label)}
            data-autofocus
            {...form.field('activity')}
          />
          <Autocomplete
            label="Where"
            placeholder="Wherever"
            maxLength={60}
            data={channels.map(({ label }) => label)}
            {...form.field('channel')}
          />
        </Group>
      )}
      <Fields form={form} line={line} unit={unitWords[worth.unit].label.toLowerCase()} />
    </ServerForm>
  )
}

function Fields({ form, line, unit }: { form: ServerFormState<Values>; line: WorthLine | null; unit: string }) {
  return (
    <>
      <NumberInput
        label={`Your estimate of the first one in a week, in ${unit}`}
        description="Counts until ten items are judged by their numbers. Empty: as it is measured."
        min={0}
        {...form.field('value')}
      />
      <Group grow align="flex-start">
        <NumberInput
          label="Minutes of one"
          placeholder={placeholder(line?.minutes?.mean)}
          min={1}
          {...form.field('minutes')}
        />
        <NumberInput
          label="A further one is worth"
          description="As a share of the one before, below 1."
          placeholder={placeholder(line?.decay)}
          step={0.05}
          min={0.05}
          max={1}
          {...form.field('decay')}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberInput
          label="A week at most"
          placeholder={placeholder(line?.most)}
          min={0}
          allowDecimal={false}
          {...form.field('mostWeekly')}
        />
        <NumberInput label="A week at least" min={1} allowDecimal={false} {...form.field('leastWeekly')} />
      </Group>
      <Select
        label="The least is"
        allowDeselect={false}
        data={[
          { value: 'minimum', label: 'a minimum that you want' },
          { value: 'promise', label: 'promised to somebody' },
        ]}
        {...form.field('leastKind')}
      />
      <TextInput label="Note" placeholder="Where that is from" maxLength={500} {...form.field('note')} />
    </>
  )
}

const placeholder = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : shortly(value)

const channelsOf = ({ lines }: Worth): { value: string; label: string }[] => [
  ...new Map(
    lines.flatMap(({ channel, channelName }) =>
      channelName ? [[channel, { value: channel, label: channelName }]] : [],
    ),
  ).values(),
]

function Forget({ id, name, close }: { id: string; name: string; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.worth, api.plan)
  const forget = async () => {
    try {
      await client.worth.forget({ org: org.id, id })
      close()
      await again()
      showUndo(`What was said of “${name}” counts no longer`, async () => {
        await client.worth.recall({ org: org.id, id })
        await again()
      })
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <Button variant="default" onClick={() => void forget()}>
      Take it back
    </Button>
  )
}
