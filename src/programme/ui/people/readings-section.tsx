// What there is to read and to learn from, in the order of the ladder. Everybody marks for themselves.

import { Anchor, Button, Checkbox, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { IconBook2 } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Rung } from './people-page.tsx'
import '@mantine/core/styles/Checkbox.css'
import '@mantine/core/styles/NumberInput.css'

type Reading = Output<typeof client.readings.list>[number]

export function ReadingsSection({ rungs }: { rungs: Rung[] }) {
  const org = useOrg()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const found = useQuery(api.readings.list.queryOptions({ input: { org: org.id } }))
  const left = found.data?.filter(({ readAt }) => readAt === null) ?? []
  const add = may('programme.lead') && <Button onClick={() => setOpen(true)}>Add something to read</Button>
  const isFull = (found.data?.length ?? 0) > 0
  return (
    <Section title="Reading list" actions={isFull && add}>
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && !isFull && (
        <EmptyState title="Nothing to read yet" icon={<IconBook2 size={28} stroke={1.5} />} action={add} order={3}>
          Read up before you start: the playbook, a good example, your own words about how you speak.
        </EmptyState>
      )}
      {isFull && (
        <p className="lr-dimmed">
          {left.length === 0
            ? 'You have read all of it.'
            : `${count(
                left.reduce((sum, { minutes }) => sum + minutes, 0),
                'minute',
              )} of it are left for you.`}
        </p>
      )}
      <ul className="plan-list">
        {found.data?.map((each) => (
          <ReadingRow key={each.id} reading={each} />
        ))}
      </ul>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Add something to read" size="lg">
        <ReadingForm rungs={rungs} close={() => setOpen(false)} />
      </Modal>
    </Section>
  )
}

function ReadingRow({ reading }: { reading: Reading }) {
  const org = useOrg()
  const may = useMay()
  const { id, title, url, words, minutes, competency, readAt, readBy } = reading
  const input = { org: org.id, id }
  const mark = useAct<boolean>(api.readings, (isRead) => client.readings.mark({ ...input, isRead }))
  const remove = useAct(api.readings, () => client.readings.remove(input), {
    done: `“${title}” is taken from the list`,
    back: () => client.readings.restore(input),
  })
  return (
    <li className="plan-row">
      <div>
        {url ? (
          <Anchor href={url} target="_blank" rel="noopener noreferrer">
            {title}
          </Anchor>
        ) : (
          <strong>{title}</strong>
        )}
        <p className="lr-dimmed">
          {count(minutes, 'minute')}, {competency ? `for ${competency}` : 'for everybody'}, read by{' '}
          {count(readBy, 'person', 'people')}
        </p>
        {words && (
          <details className="plan-means">
            <summary>Read it here</summary>
            <p style={{ whiteSpace: 'pre-line' }}>{words}</p>
          </details>
        )}
      </div>
      <div className="plan-goal-head">
        {may('programme.log') && (
          <Checkbox
            label="I have read it"
            aria-label={`I have read “${title}”`}
            checked={mark.isPending ? mark.variables : readAt !== null}
            onChange={(event) => mark.mutate(event.currentTarget.checked)}
          />
        )}
        {may('programme.lead') && (
          <Button
            variant="default"
            size="xs"
            aria-label={`Take away “${title}”`}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Take away
          </Button>
        )}
      </div>
    </li>
  )
}

interface Values extends Record<string, unknown> {
  title: string
  url: string
  words: string
  minutes: number | string
  competencyId: string | null
}

function ReadingForm({ rungs, close }: { rungs: Rung[]; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: { title: '', url: '', words: '', minutes: 10, competencyId: null },
    validate: ({ title, url, words, minutes }) => ({
      title: wants.text(title, 'A title'),
      url: url.trim() || words.trim() ? null : 'An address or words are needed.',
      minutes: typeof minutes === 'number' && minutes >= 1 ? null : 'At least one minute.',
    }),
    send: ({ title, url, words, minutes, competencyId }) =>
      client.readings.add({
        ...{ org: org.id, title, url: url.trim() || null, words, minutes: Number(minutes), competencyId },
      }),
    done: async () => {
      await refresh(queryClient, api.readings)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Add it" close={close} label="Something to read">
      <TextInput label="Title" maxLength={200} data-autofocus {...form.field('title')} />
      <TextInput label="Address" placeholder="https://…" inputMode="url" {...form.field('url')} />
      <Textarea
        label="Or the words themselves"
        autosize
        minRows={2}
        maxRows={12}
        maxLength={20_000}
        {...form.field('words')}
      />
      <NumberInput label="Minutes to read it" min={1} {...form.field('minutes')} />
      <Select
        label="For"
        placeholder="Everybody"
        clearable
        data={rungs.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('competencyId')}
      />
    </ServerForm>
  )
}
