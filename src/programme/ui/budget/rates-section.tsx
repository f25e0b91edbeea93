// What an hour costs, of roles and of single people: for those who run the organisation.

import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { amountFrom, currencies, moneyText } from '../../../kit/money.ts'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { dayText } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { roleWords } from '../../../kit/words.ts'
import { type Role, roles } from '../../../people/permissions.ts'
import type { Budget } from './budget-page.tsx'

export function RatesSection({ budget }: { budget: Budget }) {
  const org = useOrg()
  const [open, setOpen] = useState(false)
  const found = useQuery(api.rates.list.queryOptions({ input: { org: org.id } }))
  return (
    <Section
      title="What an hour costs"
      description="Of a role, or of one person where that differs. Seen by those who run the organisation alone, and never written into the activity."
      actions={
        <Button variant="default" onClick={() => setOpen(true)}>
          Say what an hour costs
        </Button>
      }
    >
      <DataTable
        label="What an hour costs"
        query={found}
        rows={found.data}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Nobody said it yet" order={3}>
            Without it time is counted in minutes and not in money.
          </EmptyState>
        }
        columns={[
          {
            ...{ id: 'who', header: 'Who', primary: true },
            cell: ({ role, member }) => (role ? roleWords[role].label : (member?.name ?? 'Somebody who left')),
          },
          {
            ...{ id: 'rate', header: 'An hour', align: 'end' },
            cell: ({ perHour, currency }) => (perHour === null ? 'not said any more' : moneyText(perHour, currency)),
          },
          { id: 'from', header: 'From', cell: ({ from }) => dayText(from) },
        ]}
      />
      <Modal opened={open} onClose={() => setOpen(false)} title="What does an hour cost?">
        <RateForm budget={budget} close={() => setOpen(false)} />
      </Modal>
    </Section>
  )
}

interface Values extends Record<string, unknown> {
  role: Role
  memberId: string | null
  perHour: string
  currency: string
  from: string
}

function RateForm({ budget, close }: { budget: Budget; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: {
      ...{ role: 'contributor', memberId: null, perHour: '' },
      ...{ currency: budget.currency ?? 'EUR', from: `${budget.year}-01-01` },
    },
    validate: ({ perHour, currency }) => ({
      perHour: perHour.trim() && amountFrom(perHour, currency) === null ? 'An amount such as 48.50 is needed.' : null,
    }),
    send: ({ role, memberId, perHour, currency, from }) =>
      client.rates.set({
        ...{ org: org.id, role: memberId ? null : role, memberId },
        ...{ perHour: perHour.trim() ? amountFrom(perHour, currency) : null, currency, from },
      }),
    done: async () => {
      await refresh(queryClient, api.rates, api.budget)
      close()
    },
  })
  const { memberId } = form.values.getValues()
  return (
    <ServerForm form={form} submit="Save" close={close} label="What an hour costs">
      <Select
        label="Role"
        allowDeselect={false}
        disabled={memberId !== null}
        data={roles.map((value) => ({ value, label: roleWords[value].label }))}
        {...form.field('role')}
      />
      <PersonSelect
        label="Or one person"
        placeholder="Everybody of the role"
        value={memberId}
        onChange={(id) => form.values.setFieldValue('memberId', id)}
      />
      <TextInput
        label="An hour"
        description="Empty: nobody says any more."
        inputMode="decimal"
        {...form.field('perHour')}
      />
      {!budget.currency && (
        <Select label="Currency" allowDeselect={false} data={currencies} {...form.field('currency')} />
      )}
      <TextInput type="date" label="From" {...form.field('from')} />
    </ServerForm>
  )
}
