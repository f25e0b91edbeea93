// Half-lives by channel and kind, with where each comes from, and one's own in their place.

import { Button, Group, Modal, NumberInput, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { durationText, kindWords } from './stock-words.ts'
import '@mantine/core/styles/NumberInput.css'

type Life = Output<typeof client.stock.shelfLives>[number]

export function ShelfLives({ accounts }: { accounts: Accounts }) {
  const org = useOrg()
  const may = useMay()
  const lives = useQuery(api.stock.shelfLives.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Life | null>(null)
  const name = (life: Life) => `${accounts.networkOf(life)}: ${kindWords[life.kind].toLowerCase()}`
  return (
    <>
      <DataTable
        label="Half-lives"
        query={lives}
        rows={lives.data}
        rowKey={({ connector, kind }) => `${connector} ${kind}`}
        csv={{ name: 'half-lives' }}
        empty={
          <EmptyState title="No channel yet" order={3}>
            Half-lives are those of the networks on which accounts are connected.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Channel and kind', primary: true, cell: name, csv: name },
          {
            id: 'used',
            header: 'Half-life',
            cell: (life) => (life.usedMinutes === null ? 'not known' : durationText(life.usedMinutes)),
            csv: (life) => life.usedMinutes,
          },
          {
            id: 'source',
            header: 'From',
            width: '44%',
            cell: (life) => (life.ownMinutes === null ? (life.source ?? '–') : 'Set by your organisation'),
            csv: (life) => (life.ownMinutes === null ? life.source : 'own'),
          },
          ...(may('stock.change')
            ? [
                {
                  id: 'actions',
                  header: 'Actions',
                  actions: true as const,
                  cell: (life: Life) => (
                    <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setEditing(life)}>
                      Change
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing ? name(editing) : ''}>
        {editing && <LifeForm life={editing} close={() => setEditing(null)} />}
      </Modal>
    </>
  )
}

const units = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof units

const unitFor = (minutes: number): Unit => (minutes % 1440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes')

function LifeForm({ life, close }: { life: Life; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const now = Math.max(1, Math.round(life.usedMinutes ?? 60))
  const { connector, kind } = life
  const set = async (minutes: number | null) => {
    await client.stock.setShelfLife({ org: org.id, connector, kind, minutes })
    await refresh(queryClient, api.stock)
    close()
  }
  const form = useServerForm({
    initialValues: { amount: now / units[unitFor(now)], unit: unitFor(now) as string },
    validate: ({ amount }) => ({ amount: typeof amount === 'number' && amount > 0 ? null : 'A number is needed.' }),
    fieldNames: { minutes: 'amount' },
    send: ({ amount, unit }) => set(Math.max(1, Math.round(amount * units[unit as Unit]))),
  })
  return (
    <ServerForm
      form={form}
      submit="Save"
      label="Half-life"
      close={close}
      actions={
        life.ownMinutes !== null && (
          <Button variant="subtle" color="gray" onClick={() => void set(null).catch((error) => showProblem(error))}>
            Take the default
          </Button>
        )
      }
    >
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <NumberInput label="Half-life" min={0} data-autofocus {...form.field('amount')} />
        <Select label="Unit" data={Object.keys(units)} allowDeselect={false} {...form.field('unit')} />
      </Group>
    </ServerForm>
  )
}
