// Settings: my calendar feeds, secret addresses under which other calendars show the posts.

import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconCalendarShare } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import '../refusal-words.ts'

type Feed = Output<typeof client.calendarFeeds.list>[number]
type NewFeed = Output<typeof client.calendarFeeds.create>

export function CalendarFeedsPage() {
  const org = useOrg()
  const queryClient = useQueryClient()
  const feeds = useQuery(api.calendarFeeds.list.queryOptions({ input: { org: org.id } }))
  const [made, setMade] = useState<NewFeed | null>(null)
  const done = async (feed: NewFeed) => {
    setMade(feed)
    await refresh(queryClient, api.calendarFeeds)
  }
  // An address that is shown once stays until its own feed ends.
  const revoked = async (id: string) => {
    setMade((shown) => (shown?.id === id ? null : shown))
    await refresh(queryClient, api.calendarFeeds)
  }
  return (
    <AppPage
      title="Calendar feeds"
      description="Other calendars, on your phone or at your desk, can show the posts of the last 30 and the next 180 days. A feed shows what you may see, for as long as you may."
    >
      <Stack gap="lg">
        {made && (
          <Section
            title={`The address of “${made.name}”`}
            description="It is shown this once. Whoever has it can read these posts: add it to your calendar as a subscription, and give it to nobody."
          >
            <CopyField label="Address" value={made.url} />
          </Section>
        )}
        <DataTable
          label="Calendar feeds"
          query={feeds}
          rows={feeds.data}
          columns={useColumns(done, revoked)}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon={<IconCalendarShare size={28} />} title="You have no calendar feed yet">
              Make one below, then subscribe to its address in your calendar.
            </EmptyState>
          }
        />
        <NewFeedForm done={done} />
      </Stack>
    </AppPage>
  )
}

const scopes = [
  { value: 'all', label: 'All posts' },
  { value: 'mine', label: 'Posts I answer for' },
  { value: 'account', label: 'Posts of one account' },
]

function NewFeedForm({ done }: { done: (feed: NewFeed) => Promise<void> }) {
  const org = useOrg()
  const { all } = useAccounts()
  const form = useServerForm({
    initialValues: { name: '', scope: 'all', scopeId: null as string | null },
    validate: ({ name, scope, scopeId }) => ({
      name: wants.text(name, 'A name'),
      scopeId: scope === 'account' && !scopeId ? 'Choose the account.' : null,
    }),
    send: ({ name, scope, scopeId }) =>
      client.calendarFeeds.create({ org: org.id, name, scope: scope as Feed['scope'], scopeId }),
    done: async (feed) => {
      form.reset()
      await done(feed)
    },
  })
  return (
    <Section title="Make a feed">
      <ServerForm form={form} submit="Make the feed" label="Make a feed">
        <TextInput label="Name" description="As your calendar will call it." {...form.field('name')} />
        <Select label="What it shows" allowDeselect={false} data={scopes} {...form.field('scope')} />
        {form.values.values.scope === 'account' && (
          <Select
            label="Account"
            searchable
            data={all.filter(({ publishes }) => publishes).map(({ id, name }) => ({ value: id, label: name }))}
            {...form.field('scopeId')}
          />
        )}
      </ServerForm>
    </Section>
  )
}

function useColumns(done: (feed: NewFeed) => Promise<void>, revoked: (id: string) => Promise<void>): Column<Feed>[] {
  const org = useOrg()
  const confirm = useConfirm()
  const { nameOf } = useAccounts()
  const scopeOf = ({ scope, scopeId }: Feed): string =>
    scope === 'account' && scopeId
      ? nameOf(scopeId)
      : scope === 'campaign'
        ? 'One campaign'
        : (scopes.find(({ value }) => value === scope)?.label ?? scope)
  return [
    { id: 'name', header: 'Name', cell: ({ name }) => name, primary: true },
    { id: 'scope', header: 'Shows', cell: scopeOf },
    { id: 'read', header: 'Last read', cell: ({ lastReadAt }) => <TimeText at={lastReadAt} relative none="Never" /> },
    {
      id: 'actions',
      header: 'Actions',
      actions: true,
      cell: ({ id, name }) => (
        <Group gap={4} justify="flex-end">
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() =>
              void confirm({
                title: `A new address for “${name}”?`,
                body: 'The old address shows nothing any more, wherever it is subscribed.',
                action: 'Make a new address',
                run: async () => done(await client.calendarFeeds.renew({ org: org.id, id })),
              })
            }
          >
            New address
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="crimson"
            onClick={() =>
              void confirm({
                title: `Revoke “${name}”?`,
                body: 'Calendars that subscribe to it show nothing any more.',
                action: 'Revoke',
                danger: true,
                run: async () => {
                  await client.calendarFeeds.revoke({ org: org.id, id })
                  await revoked(id)
                },
              })
            }
          >
            Revoke
          </Button>
        </Group>
      ),
    },
  ]
}
