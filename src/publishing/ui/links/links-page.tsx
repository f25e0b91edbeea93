// Short links: where each leads, in which post it stands, and how often people followed it.

import { Button, Group, Modal, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconLink, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, linkOptions } from '@tanstack/react-router'
import { useState } from 'react'
import { type Accounts, useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { allItems, api, client, everyItem, type Output, paging, refresh } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { CopyButton } from '../../../kit/copy-button.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { LinkClicks } from './link-clicks.tsx'
import { TakeAway } from './take-away.tsx'

const route = getRouteApi('/o/$slug/links')

type ShortLink = Output<typeof client.links.list>['items'][number]

export function LinksPage() {
  const org = useOrg()
  const may = useMay()
  const accounts = useAccounts()
  const { q, account, order } = route.useSearch()
  const input = {
    org: org.id,
    q,
    accountId: account,
    order: order === 'clicks' ? ('clicks' as const) : ('newest' as const),
  }
  const links = useInfiniteQuery(
    api.links.list.infiniteOptions({ input: (cursor: string | undefined) => ({ ...input, cursor }), ...paging }),
  )
  const [making, setMaking] = useState(false)
  const make = may('links.change') && <Button onClick={() => setMaking(true)}>Make a short link</Button>
  const rules = (
    <ButtonLink to="/o/$slug/settings/links" params={{ slug: org.slug }} variant="default">
      Rules for links
    </ButtonLink>
  )
  const filtered = Boolean(q ?? account)
  return (
    <AppPage
      title="Short links"
      description="People are requests by what looks like a browser; somebody who clicks twice counts twice. Bots are previews of networks and chats, search engines, and browsers that read ahead."
      actions={
        <>
          {rules}
          {make}
        </>
      }
    >
      {Boolean(links.data?.pages[0]?.items.length) && !filtered && <LinkClicks />}
      <DataTable
        label="Short links"
        query={links}
        rows={allItems(links.data)}
        rowKey={(link) => link.id}
        rowLink={({ id }) => linkOptions({ to: '/o/$slug/links/$linkId', params: { slug: org.slug, linkId: id } })}
        columns={columnsOf(accounts, may('links.change'))}
        filters={<Filters accounts={accounts} />}
        csv={{
          name: 'short-links',
          all: () => everyItem((cursor) => client.links.list({ ...input, cursor, limit: 200 })),
          more: [
            { header: 'Target', csv: ({ target }: ShortLink) => target },
            { header: 'Removed', csv: ({ removedAt }: ShortLink) => removedAt },
          ],
        }}
        empty={
          <EmptyState
            title={filtered ? 'No link fits' : 'No short links yet'}
            icon={<IconLink size={28} stroke={1.5} />}
            action={filtered ? null : rules}
          >
            {filtered
              ? 'Change the words or the account above.'
              : 'Turn them on in the rules, and the links of every post that is scheduled become short and are counted; or make one by hand.'}
          </EmptyState>
        }
      />
      <Modal opened={making} onClose={() => setMaking(false)} title="Make a short link">
        <MakeLink close={() => setMaking(false)} />
      </Modal>
    </AppPage>
  )
}

function Filters({ accounts }: { accounts: Accounts }) {
  const { q, account, order } = route.useSearch()
  const set = useSetSearch()
  const search = useDebouncedCallback((words: string) => set({ q: words }), 250)
  return (
    <>
      <TextInput
        aria-label="Search targets and names"
        placeholder="Search targets and names"
        leftSection={<IconSearch size={16} />}
        defaultValue={q ?? ''}
        onChange={(event) => search(event.currentTarget.value)}
      />
      <Select
        aria-label="Account"
        placeholder="All accounts"
        clearable
        data={accounts.all.map(({ id, name }) => ({ value: id, label: name }))}
        value={account ?? null}
        onChange={(id) => set({ account: id })}
      />
      <Select
        aria-label="Order"
        allowDeselect={false}
        data={[
          { value: 'newest', label: 'Newest first' },
          { value: 'clicks', label: 'Most clicked first' },
        ]}
        value={order === 'clicks' ? 'clicks' : 'newest'}
        onChange={(next) => set({ order: next === 'clicks' ? next : null })}
      />
    </>
  )
}

const columnsOf = (accounts: Accounts, change: boolean): Column<ShortLink>[] => [
  {
    id: 'link',
    header: 'Link',
    primary: true,
    width: '40%',
    cell: ({ shortUrl, target, removedAt }) => (
      <>
        <span style={{ overflowWrap: 'anywhere', textDecoration: removedAt ? 'line-through' : undefined }}>
          {shortUrl.replace(/^https?:\/\//, '')}
        </span>
        <span className="lr-below" style={{ overflowWrap: 'anywhere' }}>
          {target.length > 120 ? `${target.slice(0, 120)}…` : target}
        </span>
      </>
    ),
    csv: ({ shortUrl }) => shortUrl,
  },
  {
    id: 'where',
    header: 'Where',
    cell: ({ accountId, summary, name }) => (
      <>
        {accountId ? accounts.nameOf(accountId) : 'Made by hand'}
        <span className="lr-below">{summary ?? name}</span>
      </>
    ),
    csv: ({ accountId, name }) => (accountId ? accounts.nameOf(accountId) : name),
  },
  {
    id: 'people',
    header: 'People',
    align: 'end',
    cell: ({ people }) => people.toLocaleString('en'),
    csv: ({ people }) => people,
  },
  { id: 'bots', header: 'Bots', align: 'end', cell: ({ bots }) => bots.toLocaleString('en'), csv: ({ bots }) => bots },
  {
    id: 'since',
    header: 'Since',
    cell: ({ createdAt, removedAt }) => (removedAt ? 'Removed' : <TimeText at={createdAt} relative />),
    csv: ({ createdAt }) => createdAt,
  },
  {
    id: 'actions',
    header: 'Actions',
    actions: true,
    cell: (link) => (
      <Group gap={4} justify="flex-end" wrap="nowrap">
        {!link.removedAt && <CopyButton value={link.shortUrl} label={`Copy ${link.shortUrl}`} />}
        {change && <TakeAway link={link} compact />}
      </Group>
    ),
  },
]

function MakeLink({ close }: { close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { target: '', name: '' },
    validate: ({ target }) => ({
      target: URL.canParse(target) ? null : 'An address like https://example.org/page is needed.',
    }),
    send: (values) => client.links.create({ org: org.id, ...values }),
    done: async ({ shortUrl }) => {
      await refresh(queryClient, api.links)
      showDone(`${shortUrl} leads there`)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Make the link">
      <TextInput
        label="Target"
        description="Where it leads; this never changes."
        data-autofocus
        {...form.field('target')}
      />
      <TextInput label="Name" description="By which you find it again." {...form.field('name')} />
    </ServerForm>
  )
}
