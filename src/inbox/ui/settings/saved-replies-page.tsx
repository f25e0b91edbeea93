// Settings: words that are kept ready, as drafts that people make personal.

import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMessage2, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, client, type Output, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { RetireActions } from './retire-actions.tsx'
import { SavedReplyForm } from './saved-reply-form.tsx'
import '../refusal-words.ts'

export type SavedReply = Output<typeof client.savedReplies.list>['items'][number]

export function SavedRepliesPage() {
  const org = useOrg()
  const may = useMay()
  const [words, setWords] = useSearchWord('q')
  const [show, setShow] = useSearchWord('show')
  const [q] = useDebouncedValue(words?.trim(), 200)
  const [editing, setEditing] = useState<SavedReply | 'new' | null>(null)
  const list = useInfiniteQuery(
    api.savedReplies.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...{ org: org.id, cursor, limit: 50, q: q || undefined },
        retired: show === 'retired' ? ('only' as const) : ('no' as const),
      }),
      ...paging,
    }),
  )
  const rows = allItems(list.data)
  const isNarrowed = Boolean(q) || show === 'retired'
  const add = may('inbox.prepare') && <Button onClick={() => setEditing('new')}>New saved reply</Button>
  return (
    <AppPage
      title="Saved replies"
      description="Words that are needed often. They begin an answer; a person makes it personal and sends it."
      actions={rows?.length || isNarrowed ? add : null}
    >
      <DataTable
        label="Saved replies"
        query={list}
        rows={rows}
        rowKey={({ id }) => id}
        filters={
          <>
            <TextInput
              placeholder="Title, words or shortcut"
              aria-label="Search saved replies"
              leftSection={<IconSearch size={16} />}
              value={words ?? ''}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <SegmentedControl
              value={show ?? 'offered'}
              onChange={(value) => setShow(value === 'offered' ? null : value)}
              data={[
                { value: 'offered', label: 'Offered' },
                { value: 'retired', label: 'Retired' },
              ]}
            />
          </>
        }
        empty={
          isNarrowed ? (
            <EmptyState title={q ? 'Nothing fits these words' : 'None is retired'} />
          ) : (
            <EmptyState title="No saved replies yet" icon={<IconMessage2 size={28} stroke={1.5} />} action={add}>
              Write down what you explain again and again: where a parcel is, how something is returned.
            </EmptyState>
          )
        }
        columns={columnsOf(may('inbox.prepare') ? setEditing : null)}
      />
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === 'new' ? 'New saved reply' : 'Change saved reply'}
        size="lg"
      >
        {editing && <SavedReplyForm reply={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
      </Modal>
    </AppPage>
  )
}

const columnsOf = (edit: ((reply: SavedReply) => void) | null): Column<SavedReply>[] => [
  { id: 'title', header: 'Title', primary: true, cell: ({ title }) => title },
  { id: 'shortcut', header: 'Shortcut', cell: ({ shortcut }) => (shortcut ? <code>/{shortcut}</code> : '–') },
  { id: 'language', header: 'Language', cell: ({ language }) => language ?? 'Any' },
  { id: 'department', header: 'Department', cell: ({ department }) => department?.name ?? 'All' },
  { id: 'changed', header: 'Changed', cell: ({ updatedAt }) => <TimeText at={updatedAt} style="date" /> },
  ...(edit
    ? [
        {
          id: 'actions',
          header: 'Actions',
          actions: true as const,
          cell: (reply: SavedReply) => <Actions reply={reply} edit={() => edit(reply)} />,
        },
      ]
    : []),
]

function Actions({ reply: { id, title, retiredAt }, edit }: { reply: SavedReply; edit: () => void }) {
  const place = { org: useOrg().id, id }
  return (
    <RetireActions
      name={title}
      isRetired={retiredAt !== null}
      list={api.savedReplies}
      edit={edit}
      retire={() => client.savedReplies.retire(place)}
      restore={() => client.savedReplies.restore(place)}
    />
  )
}
