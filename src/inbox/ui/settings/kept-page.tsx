// Settings: how long what people said to us is kept, by class, with how much would go before it is decided.

import { Button, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { fewestDays, mostDays } from '../../retention/types.ts'
import '../refusal-words.ts'
import '@mantine/core/styles/NumberInput.css'

type Rule = Output<typeof client.inboxRetention.read>[number]

const words: Record<Rule['class'], { title: string; one: string; means: string }> = {
  conversations: {
    title: 'Closed conversations',
    one: 'conversation',
    means:
      'Counted from what was said last. Messages, answers and notes go, and who it was; how fast you answered stays in the figures.',
  },
  contacts: {
    title: 'Contacts without a conversation',
    one: 'contact',
    means:
      'Counted from when they spoke last. Notes and tags go too. Whoever gave a consent is kept until it is withdrawn.',
  },
  files: {
    title: 'Files of closed conversations',
    one: 'file',
    means: 'What was brought for answers alone, counted as the conversation is. Files of the library are not meant.',
  },
}

export function KeptPage() {
  const org = useOrg()
  const rules = useQuery(api.inboxRetention.read.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="What is kept"
      description="How long what people said to you is kept. What a promise still runs for, what waits for an answer of a department and what is evidence of an open issue always stays."
    >
      {rules.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={rules.error} retry={() => void rules.refetch()} />
      {rules.data?.map((rule) => (
        <Kept key={rule.class} rule={rule} />
      ))}
      <p className="lr-dimmed">
        How long what was heard elsewhere is kept stands with its{' '}
        <TextLink to="/o/$slug/listen/sources" params={{ slug: org.slug }}>
          sources
        </TextLink>
        .
      </p>
    </AppPage>
  )
}

function Kept({ rule }: { rule: Rule }) {
  const may = useMay()
  const [changing, setChanging] = useState(false)
  const { title, means } = words[rule.class]
  return (
    <Section title={title} description={means}>
      {changing ? (
        <Change rule={rule} close={() => setChanging(false)} />
      ) : (
        <Stack gap="xs" align="flex-start">
          <p>
            <strong>{rule.days === null ? 'Kept for good' : `Kept for ${count(rule.days, 'day')}`}</strong>
            {rule.changedAt && (
              <span className="lr-dimmed">
                {' '}
                since <TimeText at={rule.changedAt} relative />
                {rule.changedBy && `, by ${rule.changedBy.name}`}
              </span>
            )}
          </p>
          {may('organisation.change') && (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`Change: ${title}`}
              onClick={() => setChanging(true)}
            >
              Change
            </Button>
          )}
        </Stack>
      )}
    </Section>
  )
}

const usualDays = 365

function Change({ rule, close }: { rule: Rule; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: {
      kept: rule.days === null ? 'for good' : 'for days',
      days: (rule.days ?? usualDays) as number | string,
    },
    validate: ({ kept, days }) => ({ days: kept === 'for good' || isUsable(days) ? null : daysWanted }),
    send: ({ kept, days }) =>
      client.inboxRetention.change({ org: org.id, class: rule.class, days: kept === 'for good' ? null : Number(days) }),
    done: async () => {
      await refresh(queryClient, api.inboxRetention)
      showDone('Saved')
      close()
    },
  })
  const { kept, days } = form.values.values
  return (
    <ServerForm form={form} submit="Save" close={close} label={`How long: ${words[rule.class].title}`}>
      <Radio.Group label="They are kept" {...form.field('kept')}>
        <Stack gap="xs" mt="xs">
          <Radio value="for good" label="For good" />
          <Radio value="for days" label="For some days" />
        </Stack>
      </Radio.Group>
      {kept === 'for days' && (
        <>
          <NumberInput
            label="Days"
            description="What is older goes the next night, and does not come back."
            min={fewestDays}
            max={mostDays}
            allowDecimal={false}
            maw={240}
            {...form.field('days')}
          />
          {isUsable(days) && <Preview rule={rule} days={days} />}
        </>
      )}
    </ServerForm>
  )
}

const daysWanted = `A number from ${fewestDays} to ${mostDays} is needed.`

const isUsable = (days: number | string): days is number =>
  typeof days === 'number' && Number.isInteger(days) && days >= fewestDays && days <= mostDays

/** How much would go, before it is saved. */
function Preview({ rule, days }: { rule: Rule; days: number }) {
  const org = useOrg()
  const [asked] = useDebouncedValue(days, 300)
  const { data, error } = useQuery(
    api.inboxRetention.preview.queryOptions({ input: { org: org.id, class: rule.class, days: asked } }),
  )
  if (error) return <ErrorPanel error={error} />
  const { one } = words[rule.class]
  return (
    <Text size="sm" role="status">
      {data === undefined
        ? 'Counting what would go…'
        : data.count === 0
          ? 'Nothing is old enough to go now.'
          : `${count(data.count, one)} would go the next night.`}
      {rule.class !== 'contacts' && ' What stands behind the walls of other departments is not counted, and goes too.'}
    </Text>
  )
}
