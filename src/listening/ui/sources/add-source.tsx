// Adds a source: what kind of thing, what that kind asks for, and how much of it is kept.

import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { labelWord } from '../listen-words.ts'

type Kind = Output<typeof client.listeningSources.kinds>[number]
type Field = Kind['fields'][number]

const keyOf = ({ connector, kind }: Kind): string => `${connector}/${kind}`

export function AddSource({ done }: { done: () => void }) {
  const org = useOrg()
  const kinds = useQuery(
    api.listeningSources.kinds.queryOptions({ input: { org: org.id }, staleTime: Number.POSITIVE_INFINITY }),
  )
  if (kinds.isPending) return <LoadingRows />
  if (!kinds.data) return <ErrorPanel error={kinds.error} retry={() => void kinds.refetch()} />
  return <KindForm kinds={kinds.data} done={done} />
}

interface Values extends Record<string, unknown> {
  kind: string
  name: string
  accountId: string | null
  keepsAll: boolean
  values: Record<string, string>
}

const presets = (kind: Kind | undefined): Record<string, string> =>
  Object.fromEntries((kind?.fields ?? []).map(({ key, preset }) => [key, preset ?? '']))

function KindForm({ kinds, done }: { kinds: Kind[]; done: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const accounts = useAccounts()
  const find = (key: string) => kinds.find((kind) => keyOf(kind) === key)
  const first = kinds[0]
  const form = useServerForm({
    initialValues: {
      kind: first ? keyOf(first) : '',
      name: '',
      accountId: null,
      keepsAll: false,
      values: presets(first),
    } as Values,
    validate: ({ name, kind, accountId }) => ({
      name: wants.text(name, 'A name'),
      accountId: find(kind)?.needsAccount && !accountId ? 'An account of this network is needed.' : null,
    }),
    send: ({ kind, name, accountId, keepsAll, values }) => {
      const chosen = find(kind)!
      return client.listeningSources.add({
        org: org.id,
        connector: chosen.connector,
        kind: chosen.kind,
        name,
        accountId,
        keepsAll,
        values,
      })
    },
    done: async () => {
      await refresh(queryClient, api.listeningSources)
      done()
    },
  })
  const { kind: key, values, accountId } = form.values.values
  const kind = find(key)
  const groups = Map.groupBy(kinds, ({ connectorName }) => connectorName)
  return (
    <ServerForm form={form} submit="Listen" label="Source">
      <Select
        label="Where"
        description={kind?.help}
        allowDeselect={false}
        searchable
        data={[...groups].map(([group, items]) => ({
          group,
          items: items.map((each) => ({ value: keyOf(each), label: each.label })),
        }))}
        {...form.field('kind')}
        onChange={(next) => next && form.values.setValues({ kind: next, values: presets(find(next)), accountId: null })}
      />
      {kind?.needsAccount && (
        <Select
          label="Heard with"
          placeholder="Choose an account"
          data={accounts.all
            .filter(({ connector, state }) => connector === kind.connector && state === 'connected')
            .map(({ id, name }) => ({ value: id, label: name }))}
          nothingFoundMessage="Connect an account of this network first, under Accounts."
          {...form.field('accountId')}
          value={accountId}
        />
      )}
      {kind?.fields.map((field) => (
        <KindField
          key={field.key}
          field={field}
          value={values[field.key] ?? ''}
          error={form.values.errors[`values.${field.key}`]}
          change={(next) => form.values.setFieldValue('values', { ...values, [field.key]: next })}
        />
      ))}
      <TextInput label="Name" description="As your people call it." {...form.field('name')} />
      <Checkbox
        label="Keep everything that it brings"
        description="Otherwise only what matches a topic is kept. Good for a feed of your field, too much for a public stream."
        {...form.field('keepsAll', { type: 'checkbox' })}
      />
    </ServerForm>
  )
}

interface KindFieldProps {
  field: Field
  value: string
  error: unknown
  change: (value: string) => void
}

function KindField({ field, value, error, change }: KindFieldProps) {
  const shared = {
    label: field.label,
    description: field.help,
    required: field.required,
    error: error ? String(error) : null,
  }
  if (field.kind === 'choice')
    return (
      <Select
        {...shared}
        allowDeselect={false}
        data={(field.choices ?? []).map((choice) => ({ value: choice, label: labelWord(choice) }))}
        value={value}
        onChange={(next) => next !== null && change(next)}
      />
    )
  return (
    <TextInput
      {...shared}
      type={field.kind === 'url' ? 'url' : 'text'}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
