// Creates an API token: a name, what it may touch, when it ends. The token itself is shown once.

import { Button, SegmentedControl, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { CopyField } from '../../kit/copy-field.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { scopeNames } from '../permissions.ts'

const subjects = scopeNames.filter((name) => !name.includes(':'))
const lifetimes = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
]

export function TokenForm({ close }: { close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [token, setToken] = useState<string | null>(null)
  const form = useServerForm({
    initialValues: { name: '', scopes: ['posts', 'accounts:read'], ends: '90' },
    validate: ({ name, scopes }) => ({
      name: wants.text(name, 'A name'),
      scopes: scopes.length > 0 ? null : 'Choose at least one scope.',
    }),
    send: ({ name, scopes, ends }) => client.tokens.create({ org: org.id, name, scopes, expiresAt: endOf(ends) }),
    done: async (created) => {
      setToken(created.token)
      await refresh(queryClient, api.tokens)
    },
    fieldNames: { expiresAt: 'ends' },
  })
  if (token) return <ShownOnce token={token} close={close} />
  return (
    <ServerForm form={form} submit="Create token" label="API token" close={close}>
      <TextInput label="Name" description="What uses it." data-autofocus {...form.field('name')} />
      <Scopes chosen={form.values.values.scopes} choose={(scopes) => form.values.setFieldValue('scopes', scopes)} />
      {form.values.errors.scopes && (
        <Text size="sm" c="crimson" role="alert">
          {form.values.errors.scopes}
        </Text>
      )}
      <Select label="Ends" data={lifetimes} allowDeselect={false} {...form.field('ends')} />
    </ServerForm>
  )
}

const endOf = (ends: string): string | null =>
  ends === 'never' ? null : new Date(Date.now() + Number(ends) * 86_400_000).toISOString()

function ShownOnce({ token, close }: { token: string; close: () => void }) {
  return (
    <Stack gap="md">
      <Text size="sm">Keep it in a safe place: it is shown only now.</Text>
      <CopyField label="Token" value={token} description="Send it as: Authorization: Bearer …" />
      <Button onClick={close}>Done</Button>
    </Stack>
  )
}

function Scopes({ chosen, choose }: { chosen: string[]; choose: (scopes: string[]) => void }) {
  const set = (subject: string, level: string) => {
    const others = chosen.filter((scope) => scope.split(':')[0] !== subject)
    choose(level === 'none' ? others : [...others, level === 'read' ? `${subject}:read` : subject])
  }
  const levelOf = (subject: string) =>
    chosen.includes(subject) ? 'all' : chosen.includes(`${subject}:read`) ? 'read' : 'none'
  return (
    <Table aria-label="Scopes" verticalSpacing={4} horizontalSpacing={0}>
      <Table.Tbody>
        {subjects.map((subject) => (
          <Table.Tr key={subject}>
            <Table.Th scope="row" fw={500}>
              {subject}
            </Table.Th>
            <Table.Td ta="end">
              <SegmentedControl
                size="xs"
                aria-label={`Access to ${subject}`}
                value={levelOf(subject)}
                onChange={(level) => set(subject, level)}
                data={[
                  { value: 'none', label: 'None' },
                  { value: 'read', label: 'Read' },
                  { value: 'all', label: 'Read & change' },
                ]}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
