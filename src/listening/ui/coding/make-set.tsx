// Draws texts of a topic at random, for two people to code.

import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { sizes } from '../../coding/types.ts'
import { type Codable, codable } from '../../labels/types.ts'
import { labelTitles } from '../labels/label-words.ts'
import '@mantine/core/styles/NumberInput.css'

const periods = [
  { value: '7', label: 'The last 7 days' },
  { value: '30', label: 'The last 30 days' },
  { value: '90', label: 'The last 90 days' },
  { value: '365', label: 'The last year' },
]
const dayMs = 86_400_000

export function MakeSet() {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const form = useServerForm({
    initialValues: {
      name: '',
      topic: null as string | null,
      label: 'sentiment' as Codable,
      days: '30',
      size: sizes.usual as number | string,
      stratified: false,
      one: org.memberId as string | null,
      two: null as string | null,
    },
    validate: ({ name, topic, one, two, size }) => ({
      name: name.trim() ? null : 'Give it a name',
      topic: topic ? null : 'Of which topic?',
      one: one ? null : 'Who?',
      two: two ? null : 'Who else?',
      size: typeof size === 'number' ? null : 'How many?',
    }),
    send: ({ days, one, two, topic, size, ...facts }) => {
      const now = Date.now()
      return client.coding.make({
        org: org.id,
        ...facts,
        topic: topic!,
        size: size as number,
        from: new Date(now - Number(days) * dayMs).toISOString(),
        to: new Date(now).toISOString(),
        coders: [one!, two!],
      })
    },
    done: async ({ id }) => {
      await refresh(queryClient, api.coding)
      await navigate({ to: '/o/$slug/listen/coding/$setId', params: { slug: org.slug, setId: id } })
    },
    fieldNames: { coders: 'two' },
  })
  return (
    <ServerForm form={form} submit="Draw them">
      <TextInput label="Name" placeholder="Mood in November" data-autofocus {...form.field('name')} />
      <Select
        label="Topic"
        searchable
        data={(topics.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('topic')}
      />
      <Select
        label="What is coded"
        description="Feelings and intents are told of English alone."
        allowDeselect={false}
        data={codable.map((value) => ({ value, label: labelTitles[value] }))}
        {...form.field('label')}
      />
      <Select label="Said in" allowDeselect={false} data={periods} {...form.field('days')} />
      <NumberInput
        label="How many texts"
        description="100 take about ten minutes each. From 30 on a figure is shown; 400 give it to about five points."
        min={sizes.least}
        max={sizes.most}
        allowDecimal={false}
        {...form.field('size')}
      />
      <Checkbox
        label="As many of each label of the machine"
        description="So that rare ones are seen. Each text then counts by how many it stands for."
        {...form.field('stratified', { type: 'checkbox' })}
      />
      <PersonSelect
        label="Coded by"
        {...form.field('one')}
        value={form.values.values.one}
        onChange={(memberId) => form.values.setFieldValue('one', memberId)}
      />
      <PersonSelect
        label="And by"
        {...form.field('two')}
        value={form.values.values.two}
        onChange={(memberId) => form.values.setFieldValue('two', memberId)}
      />
    </ServerForm>
  )
}
