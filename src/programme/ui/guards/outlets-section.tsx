// Accounts: since when they are open, when something last came of them, and which are left alone.

import { Button, Modal, TextInput } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Guards } from './guards-page.tsx'

type Outlet = Guards['outlets'][number]

export function OutletsSection({ guards: { outlets, overExtended, today } }: { guards: Guards }) {
  const may = useMay()
  const [saying, setSaying] = useState<Outlet | null>(null)
  return (
    <Section
      title="Accounts"
      description={
        overExtended
          ? 'Many were opened at once: let the first of them run by itself before the next.'
          : 'One after the other, and none left alone.'
      }
    >
      <DataTable
        label="Accounts and when something last came of them"
        rows={outlets}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No account is connected" order={3} icon={<IconPlugConnected size={28} stroke={1.5} />}>
            Accounts that can publish are watched here.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Account', primary: true, cell: ({ name }) => name },
          {
            ...{ id: 'state', header: 'State' },
            cell: ({ dormantDays, isNew }) =>
              dormantDays !== null ? (
                <Badge tone="amber">Silent for {count(dormantDays, 'day')}</Badge>
              ) : isNew ? (
                <Badge tone="slate">New</Badge>
              ) : (
                <Badge tone="done">In use</Badge>
              ),
          },
          {
            id: 'opened',
            header: 'Open since',
            cell: ({ openedOn }) => dayText(openedOn),
            sort: ({ openedOn }) => openedOn,
          },
          {
            ...{ id: 'last', header: 'Last post or reply' },
            cell: ({ lastActive }) => (lastActive ? dayText(lastActive) : 'never'),
            sort: ({ lastActive }) => lastActive,
          },
          {
            ...{ id: 'say', header: 'Opened earlier', actions: true },
            cell: (outlet) =>
              may('programme.lead') && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={`Opened earlier? ${outlet.name}`}
                  onClick={() => setSaying(outlet)}
                >
                  Opened earlier?
                </Button>
              ),
          },
        ]}
      />
      <Modal opened={saying !== null} onClose={() => setSaying(null)} title={`When was ${saying?.name} opened?`}>
        {saying && <OpenedForm outlet={saying} today={today} close={() => setSaying(null)} />}
      </Modal>
    </Section>
  )
}

function OpenedForm({ outlet, today, close }: { outlet: Outlet; today: string; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const say = async (openedOn: string | null) => {
    await client.guards.sayOpened({ org: org.id, id: outlet.id, openedOn })
    await refresh(queryClient, api.guards)
  }
  const form = useServerForm<{ openedOn: string }, unknown>({
    initialValues: { openedOn: outlet.openedOn },
    send: ({ openedOn }) => say(openedOn || null),
    done: () => {
      close()
      showUndo('Written down', () => say(outlet.openedOn))
    },
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label="When it was opened">
      <TextInput
        type="date"
        label="Day"
        max={today}
        description="Where it was there before it was connected here. Empty: since it was connected."
        data-autofocus
        {...form.field('openedOn')}
      />
    </ServerForm>
  )
}
