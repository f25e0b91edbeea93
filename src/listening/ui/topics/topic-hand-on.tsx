// What of a topic goes to the inbox by itself: on which conditions, how much of it in a day, and how much the last week would have brought.

import { Button, MultiSelect, NumberInput, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { showDone, showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { reasonOf } from '../../handing-on/by-topic/rules.ts'
import type { HandOnRule } from '../../handing-on/by-topic/types.ts'
import { intents } from '../../text/types.ts'
import { labelWord, sentimentWords } from '../listen-words.ts'
import type { Topic } from './topics-page.tsx'
import '@mantine/core/styles/NumberInput.css'

type HandOn = Output<typeof client.topicHandOns.read>

export function TopicHandOn({ topic }: { topic: Topic }) {
  const org = useOrg()
  const may = useMay()
  const input = { org: org.id, id: topic.id }
  const found = useQuery(api.topicHandOns.read.queryOptions({ input }))
  const [editing, setEditing] = useState(false)
  return (
    <Section
      title="To the inbox by itself"
      description="What matches becomes a conversation that somebody answers. People who are not to be contacted are left alone."
    >
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && !editing && <Standing topic={topic} handOn={found.data} />}
      {found.data && may('listening.change') && !editing && (
        <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
          {found.data.rule ? 'Change' : 'Hand on what matches'}
        </Button>
      )}
      {found.data && editing && <RuleForm topic={topic} before={found.data.rule} close={() => setEditing(false)} />}
    </Section>
  )
}

function Standing({ topic, handOn }: { topic: Topic; handOn: HandOn }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const { rule, today } = handOn
  const input = { org: org.id, id: topic.id }
  const stop = useMutation({
    mutationFn: () => client.topicHandOns.stop(input),
    onSuccess: async () => {
      await refresh(queryClient, api.topicHandOns)
      showUndo('Nothing of it goes to the inbox by itself any more', async () => {
        if (rule) await client.topicHandOns.set({ ...input, rule })
        await refresh(queryClient, api.topicHandOns)
      })
    },
    onError: (error) => showProblem(error),
  })
  if (!rule) return <p className="lr-dimmed">Nothing goes to the inbox by itself.</p>
  return (
    <>
      <p>
        {reasonOf(topic.name, rule)}. Today {today} of at most {rule.dailyMost}.{' '}
        <TextLink to="/o/$slug/listen/kept" params={{ slug: org.slug }} search={{ handed: 'all' }} inherit>
          What became of it
        </TextLink>
      </p>
      {may('listening.change') && (
        <Button variant="subtle" color="gray" size="compact-sm" loading={stop.isPending} onClick={() => stop.mutate()}>
          Stop
        </Button>
      )}
    </>
  )
}

const usual: HandOnRule = {
  ...{ intents: ['question', 'complaint'], sentiments: [], danger: 'any', initiators: ['customer'] },
  ...{ leastFollowers: 0, dailyMost: 20 },
}

const dangerWords = {
  any: 'Whether people are hurt or not',
  only: 'Only where people are hurt or in need',
  never: 'Not where people are hurt or in need',
}
const initiatorWords = { customer: 'Customers', industry: 'Press and field' }

interface FormProps {
  topic: Topic
  before: HandOnRule | null
  close: () => void
}

function RuleForm({ topic, before, close }: FormProps) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id: topic.id }
  const form = useServerForm({
    initialValues: fieldsOf(before ?? usual),
    validate: ({ initiators }) => ({
      initiators: initiators.length > 0 ? null : 'Choose at least one.',
    }),
    fieldNames: Object.fromEntries(Object.keys(usual).map((name) => [`rule.${name}`, name])),
    send: (values) => client.topicHandOns.set({ ...input, rule: ruleOf(values) }),
    done: async () => {
      await refresh(queryClient, api.topicHandOns)
      showDone('From now on, what matches goes to the inbox')
      close()
    },
  })
  const rule = ruleOf(form.values.values)
  return (
    <ServerForm form={form} submit="Hand it on" close={close} label="What goes to the inbox by itself">
      <MultiSelect
        label="What people want"
        description="Nothing chosen: whatever it is."
        clearable
        data={intents.map((each) => ({ value: each, label: labelWord(each) }))}
        {...form.field('intents')}
      />
      <MultiSelect
        label="Mood"
        description="Nothing chosen: any, also what could not be told."
        clearable
        data={['-1', '0', '1'].map((each) => ({ value: each, label: sentimentWords[each]!.label }))}
        {...form.field('sentiments')}
      />
      <Select
        label="Danger"
        allowDeselect={false}
        data={Object.entries(dangerWords).map(([value, label]) => ({ value, label }))}
        {...form.field('danger')}
      />
      <MultiSelect
        label="Who began it"
        data={Object.entries(initiatorWords).map(([value, label]) => ({ value, label }))}
        {...form.field('initiators')}
      />
      <NumberInput
        label="Followers of its author at least"
        description="0: whoever it is."
        min={0}
        allowDecimal={false}
        {...form.field('leastFollowers')}
      />
      <NumberInput
        label="At most in a day"
        description="What is over it is not handed on later."
        min={1}
        max={500}
        allowDecimal={false}
        {...form.field('dailyMost')}
      />
      <LastWeek id={topic.id} rule={rule} />
    </ServerForm>
  )
}

function LastWeek({ id, rule }: { id: string; rule: HandOnRule }) {
  const org = useOrg()
  const [asked] = useDebouncedValue(rule, 300)
  const tried = useQuery({
    ...api.topicHandOns.try.queryOptions({ input: { org: org.id, id, rule: asked } }),
    enabled: asked.initiators.length > 0,
    placeholderData: (before) => before,
  })
  if (!tried.data) return null
  return (
    <p className="lr-dimmed" role="status">
      In the last seven days this would have named {count(tried.data.lastWeek, 'mention')}
      {tried.data.lastWeek >= 1_000 ? ' or more' : ''}.
    </p>
  )
}

type Fields = ReturnType<typeof fieldsOf>

const fieldsOf = (rule: HandOnRule) => ({
  ...rule,
  ...{ intents: [...rule.intents] as string[], sentiments: rule.sentiments.map(String), danger: rule.danger as string },
  ...{ initiators: [...rule.initiators] as string[] },
  ...{ leastFollowers: rule.leastFollowers as number | string, dailyMost: rule.dailyMost as number | string },
})

/** What was chosen from the lists is of the lists. */
const ruleOf = (fields: Fields): HandOnRule => ({
  intents: fields.intents as HandOnRule['intents'],
  sentiments: fields.sentiments.map(Number) as HandOnRule['sentiments'],
  danger: fields.danger as HandOnRule['danger'],
  initiators: fields.initiators as HandOnRule['initiators'],
  leastFollowers: Number(fields.leastFollowers) || 0,
  dailyMost: Math.max(1, Number(fields.dailyMost) || 1),
})
