// Everybody who spoke to us, by name: one person however many networks they use, once somebody said so.

import { Select, TextInput } from '@mantine/core'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, client, everyItem, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useTyped } from '../../../kit/use-typed.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { useNetworkName } from '../../../listening/ui/use-network-name.ts'
import { type ContactLine, handleOf, nameOf } from './contact-words.ts'

const route = getRouteApi('/o/$slug/contacts')

export function ContactsPage() {
  const org = useOrg()
  const { q, tag } = route.useSearch()
  const networkName = useNetworkName()
  const input = { org: org.id, q, tag }
  const list = useInfiniteQuery(
    api.contacts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, cursor, limit: 50 }),
      ...paging,
    }),
  )
  return (
    <AppPage
      title="Contacts"
      description="People who spoke to your accounts, with what you and your colleagues keep of them."
      crumbs={[
        <TextLink key="inbox" inherit to="/o/$slug/inbox" params={{ slug: org.slug }}>
          Inbox
        </TextLink>,
      ]}
    >
      <DataTable
        label="Contacts"
        query={list}
        rows={allItems(list.data)}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/o/$slug/contacts/$contactId', params: { slug: org.slug, contactId: id } })}
        columns={columnsFor(networkName)}
        filters={<Filters />}
        csv={{
          name: 'contacts',
          all: () => everyItem((cursor) => client.contacts.list({ ...input, cursor, limit: 200 })),
        }}
        empty={
          q || tag ? (
            <EmptyState title="Nobody fits" icon={<IconUsers size={28} stroke={1.5} />}>
              People are found by the beginnings of the words of their names and handles.
            </EmptyState>
          ) : (
            <EmptyState title="Nobody has spoken yet" icon={<IconUsers size={28} stroke={1.5} />}>
              Whoever writes to one of your accounts stands here from then on.
            </EmptyState>
          )
        }
      />
    </AppPage>
  )
}

function Filters() {
  const org = useOrg()
  const { q, tag } = route.useSearch()
  const set = useSetSearch()
  const [typed, setTyped] = useTyped(q, (words) => set({ q: words }))
  const tags = useQuery(api.contacts.tags.queryOptions({ input: { org: org.id } }))
  return (
    <>
      <TextInput
        aria-label="Search by name"
        placeholder="Name or handle"
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {(tags.data?.length ?? 0) > 0 && (
        <Select
          aria-label="Tag"
          placeholder="Any tag"
          clearable
          data={tags.data ?? []}
          value={tag ?? null}
          onChange={(value) => set({ tag: value })}
        />
      )}
    </>
  )
}

const columnsFor = (networkName: (id: string) => string): Column<ContactLine>[] => [
  { id: 'name', header: 'Who', primary: true, cell: (line) => nameOf(line), csv: (line) => nameOf(line) },
  {
    id: 'where',
    header: 'Where',
    cell: ({ identities }) => identities.map((each) => `${handleOf(each)} (${networkName(each.network)})`).join(', '),
    csv: ({ identities }) => identities.map((each) => `${each.network} ${handleOf(each)}`).join(', '),
  },
  { id: 'tags', header: 'Tags', cell: ({ tags }) => tags.join(', '), csv: ({ tags }) => tags.join(', ') },
  {
    id: 'last',
    header: 'Last said',
    width: 140,
    cell: ({ lastAt }) => (lastAt ? <TimeText at={lastAt} relative /> : ''),
    csv: ({ lastAt }) => lastAt,
  },
]
