// Buddies: who is at whose side, what that takes them, and who is new and alone.

import { Button, Modal, NumberInput } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import '@mantine/core/styles/NumberInput.css'

type Buddies = Output<typeof client.buddies.list>

export function BuddiesSection() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.buddies.list.queryOptions({ input: { org: org.id } }))
  const [novice, setNovice] = useState<string | null | undefined>(undefined)
  const buddies = found.data
  const pair = may('programme.lead') && <Button onClick={() => setNovice(null)}>Give somebody a buddy</Button>
  return (
    <Section title="Buddies" actions={buddies && buddies.pairs.length > 0 && pair}>
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {buddies?.pairs.length === 0 && (
        <EmptyState title="Nobody has a buddy" icon={<IconUsers size={28} stroke={1.5} />} action={pair} order={3}>
          Whoever is new learns faster beside somebody who can do it. It takes a buddy about half an hour a week.
        </EmptyState>
      )}
      <ul className="plan-list">
        {buddies?.pairs.map((each) => (
          <PairRow key={each.id} pair={each} />
        ))}
      </ul>
      {buddies?.loads.map(({ buddy, novices, minutesWeekly, ceiling }) => (
        <p key={buddy.id} className="lr-dimmed">
          {buddy.name} is at the side of {count(novices, 'person', 'people')}: {count(minutesWeekly, 'minute')} a week
          {ceiling !== null && ` of the ${ceiling} that they give`}.
        </p>
      ))}
      {buddies && buddies.alone.length > 0 && (
        <p className="lr-dimmed">New, and without a buddy: {buddies.alone.map(({ name }) => name).join(', ')}.</p>
      )}
      <Modal opened={novice !== undefined} onClose={() => setNovice(undefined)} title="Give somebody a buddy">
        <PairForm close={() => setNovice(undefined)} />
      </Modal>
    </Section>
  )
}

function PairRow({ pair }: { pair: Buddies['pairs'][number] }) {
  const org = useOrg()
  const may = useMay()
  const input = { org: org.id, id: pair.id }
  const end = useAct([api.buddies, api.needs], () => client.buddies.end(input), {
    done: `${pair.novice.name} manages on their own now`,
    back: () => client.buddies.resume(input),
  })
  return (
    <li className="plan-row">
      <div>
        <strong>{pair.novice.name}</strong> with <strong>{pair.buddy.name}</strong>
        <p className="lr-dimmed">
          {count(pair.minutesWeekly, 'minute')} a week, since <TimeText at={pair.begunAt} />
        </p>
      </div>
      {may('programme.lead') && (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          aria-label={`${pair.novice.name} manages on their own`}
          onClick={() => end.mutate()}
        >
          Manages on their own
        </Button>
      )}
    </li>
  )
}

interface Values extends Record<string, unknown> {
  noviceId: string | null
  buddyId: string | null
  minutesWeekly: number | string
}

function PairForm({ close }: { close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: { noviceId: null, buddyId: null, minutesWeekly: 30 },
    validate: ({ noviceId, buddyId, minutesWeekly }) => ({
      noviceId: noviceId ? null : 'Who is new?',
      buddyId: buddyId ? null : 'Who is at their side?',
      minutesWeekly: typeof minutesWeekly === 'number' && minutesWeekly >= 5 ? null : 'At least 5 minutes.',
    }),
    send: ({ noviceId, buddyId, minutesWeekly }) =>
      client.buddies.pair({
        ...{ org: org.id, noviceId: noviceId!, buddyId: buddyId!, minutesWeekly: Number(minutesWeekly) },
      }),
    done: async () => {
      await refresh(queryClient, api.buddies, api.needs)
      close()
    },
  })
  const set = (name: 'noviceId' | 'buddyId') => (id: string | null) => form.values.setFieldValue(name, id)
  const { noviceId, buddyId } = form.values.values
  return (
    <ServerForm form={form} submit="Give the buddy" close={close} label="Buddy">
      <PersonSelect label="Who is new" {...form.field('noviceId')} value={noviceId} onChange={set('noviceId')} />
      <PersonSelect label="Who is at their side" {...form.field('buddyId')} value={buddyId} onChange={set('buddyId')} />
      <NumberInput
        label="Minutes a week"
        description="What it takes the buddy; three people at most for each."
        min={5}
        {...form.field('minutesWeekly')}
      />
    </ServerForm>
  )
}
