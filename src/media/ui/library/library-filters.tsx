// Search, filters, order and look of the library; all in the address.

import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconLayoutGrid, IconList, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { rightsStates } from '../../library/types.ts'
import { libraryRoute } from './library-context.ts'
import { rightsStateWords } from './rights-words.tsx'

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'name', label: 'By name' },
  { value: 'largest', label: 'Largest first' },
  { value: 'expiry', label: 'By end of permission' },
]

export function LibraryFilters() {
  const org = useOrg()
  const search = libraryRoute.useSearch()
  const set = useSetSearch()
  const [words, setWords] = useState(search.q ?? '')
  const find = useDebouncedCallback((value: string) => set({ q: value.trim() }), 300)
  const tags = useQuery(api.media.tags.queryOptions({ input: { org: org.id } }))
  const usage =
    search.used === 'no' ? 'unused' : search.used === 'yes' ? 'used' : search.twice === 'yes' ? 'twice' : null
  const tagNames = (tags.data ?? []).map(({ tag }) => tag)
  return (
    <div className="lr-list-filters md-filters">
      <TextInput
        label="Search"
        placeholder="Name, description, tag, source"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        maxLength={200}
        onChange={({ currentTarget: { value } }) => {
          setWords(value)
          find(value)
        }}
      />
      <Select
        label="Kind"
        placeholder="Any"
        clearable
        w={144}
        data={[
          { value: 'image', label: 'Pictures' },
          { value: 'video', label: 'Videos' },
          { value: 'document', label: 'Documents' },
        ]}
        value={search.kind ?? null}
        onChange={(value) => set({ kind: value })}
      />
      <Select
        label="Tag"
        placeholder="Any"
        clearable
        searchable
        w={144}
        limit={100}
        data={search.tag && !tagNames.includes(search.tag) ? [search.tag, ...tagNames] : tagNames}
        value={search.tag ?? null}
        onChange={(value) => set({ tag: value })}
      />
      <Select
        label="Rights"
        placeholder="Any"
        clearable
        w={128}
        data={rightsStates.map((value) => ({ value, label: rightsStateWords[value] }))}
        value={search.rights ?? null}
        onChange={(value) => set({ rights: value })}
      />
      <Select
        label="Use"
        placeholder="Any"
        clearable
        w={136}
        data={[
          { value: 'used', label: 'In use' },
          { value: 'unused', label: 'Not in use' },
          { value: 'twice', label: 'There twice' },
        ]}
        value={usage}
        onChange={(value) =>
          set({
            used: value === 'used' ? 'yes' : value === 'unused' ? 'no' : null,
            twice: value === 'twice' ? 'yes' : null,
          })
        }
      />
      <Select
        label="Order"
        w={168}
        allowDeselect={false}
        data={orders}
        value={search.order ?? 'newest'}
        onChange={(value) => set({ order: value === 'newest' ? null : value })}
      />
      <SegmentedControl
        aria-label="Look"
        value={search.view === 'list' ? 'list' : 'grid'}
        onChange={(value) => set({ view: value === 'list' ? 'list' : null })}
        data={[
          { value: 'grid', label: <IconLayoutGrid size={16} aria-label="Grid" role="img" /> },
          { value: 'list', label: <IconList size={16} aria-label="List" role="img" /> },
        ]}
      />
    </div>
  )
}
