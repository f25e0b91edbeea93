// What is known to be coming, so that it is expected: announced here, and taken back.

import { ActionIcon, Button, Modal, NumberInput, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { instantOf } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import '@mantine/core/styles/NumberInput.css'

export function PlannedEvents() {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [adding, setAdding] = useState(false)
  const planned = useQuery(api.alerts.planned.queryOptions({ input: { org: org.id } }))
  const remove = useMutation({
    mutationFn: (id: string) => client.alerts.unplan({ org: org.id, id }),
    onSuccess: () => refresh(queryClient, api.alerts),
    onError: (error) => showProblem(error),
  })
  return (
    <div className="al-answer">
      {planned.isPending && <LoadingRows />}
      <ErrorPanel error={planned.error} retry={() => void planned.refetch()} />
      {planned.data?.length === 0 && <p>Nothing. A launch that is announced here raises no alarm.</p>}
      <ul className="al-detectors">
        {planned.data?.map((event) => (
          <li key={event.id}>
            <span>{event.name}</span>
            {may('listening.answer') && (
              <ActionIcon
                variant="subtle"
                aria-label={`Take back ${event.name}`}
                onClick={() => remove.mutate(event.id)}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
            <small>
              <TimeText at={event.from} /> to <TimeText at={event.to} />,{' '}
              {event.factor === null ? 'of unknown size' : `${event.factor} times the usual`}
            </small>
          </li>
        ))}
      </ul>
      {may('listening.answer') && (
        <Button variant="default" onClick={() => setAdding(true)}>
          Announce something
        </Button>
      )}
      <Modal opened={adding} onClose={() => setAdding(false)} title="What will be talked of">
        <PlanForm done={() => setAdding(false)} />
      </Modal>
    </div>
  )
}

function PlanForm({ done }: { done(): void }) {
  const org = useOrg()
  const zone = useZone()
  const queryClient = useQueryClient()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const form = useServerForm({
    initialValues: { name: '', topicId: null as string | null, from: '', to: '', factor: '' as number | string },
    validate: ({ name, from, to }) => ({
      name: name.trim() ? null : 'Give it a name',
      from: from ? null : 'When does it begin?',
      to: to ? null : 'When is it over?',
    }),
    send: ({ name, topicId, from, to, factor }) => {
      const instant = (wall: string) => instantOf(wall.slice(0, 16), zone).toISOString()
      const size = typeof factor === 'number' ? factor : null
      return client.alerts.plan({ org: org.id, name, topicId, from: instant(from), to: instant(to), factor: size })
    },
    done: async ({ name }) => {
      showDone(`${name} is expected now`)
      await refresh(queryClient, api.alerts)
      done()
    },
  })
  return (
    <ServerForm form={form} submit="Announce it">
      <TextInput label="Name" data-autofocus {...form.field('name')} />
      <Select
        label="Topic"
        placeholder="Every topic"
        clearable
        data={(topics.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('topicId')}
      />
      <TextInput type="datetime-local" label="Begins" {...form.field('from')} />
      <TextInput type="datetime-local" label="Is over" {...form.field('to')} />
      <NumberInput
        label="How many times the usual"
        description="Leave it empty where nobody knows: then alerts are marked as planned."
        min={1}
        max={1000}
        {...form.field('factor')}
      />
    </ServerForm>
  )
}
