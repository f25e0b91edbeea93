// Files that were added before, to use again.

import { Group, Modal, Select, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, paging } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TextLink } from '../../kit/links.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { KindIcon } from '../../media/ui/library/kind-icon.tsx'
import { useFolders } from '../../media/ui/library/library-context.ts'
import { RightsBadge } from '../../media/ui/library/rights-words.tsx'
import { RemoveFile } from '../../media/ui/remove-file.tsx'
import type { Media } from '../../media/ui/upload.ts'
import './composer-media.css'
import { LoadMore } from '../../kit/load-more.tsx'

interface MediaLibraryProps {
  opened: boolean
  close: () => void
  take: (media: Media) => void
  /** `image` for a feature image; all of them for what is only collected. */
  kind?: 'image' | 'postable' | null
  /** The conversation whose answer it is for. */
  usableFor?: string
}

export function MediaLibrary({ opened, close, take, kind = 'postable', usableFor = 'posts' }: MediaLibraryProps) {
  return (
    <Modal opened={opened} onClose={close} closeOnClickOutside title="From the library" size="lg">
      {opened && <Library close={close} take={take} kind={kind} usableFor={usableFor} />}
    </Modal>
  )
}

function Library({ close, take, kind, usableFor }: Omit<MediaLibraryProps, 'opened'>) {
  const org = useOrg()
  const folders = useFolders()
  const tags = useQuery(api.media.tags.queryOptions({ input: { org: org.id } }))
  const [words, setWords] = useState('')
  const [folderId, setFolderId] = useState<string | null>(null)
  const [tag, setTag] = useState<string | null>(null)
  const [q] = useDebouncedValue(words.trim(), 250)
  const filter = {
    q: q || undefined,
    folderId: folderId ?? undefined,
    tag: tag ?? undefined,
    kind: kind ?? undefined,
    usableFor,
  }
  const list = useInfiniteQuery(
    api.media.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 60, ...filter }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  const filtered = Boolean(q || folderId || tag)
  return (
    <>
      <TextInput
        label="Search"
        placeholder="Name, description, tag or source"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        mb="sm"
        data-autofocus
      />
      {(folders.all.length > 0 || (tags.data ?? []).length > 0) && (
        <Group gap="sm" mb="md" grow>
          <Select
            label="Folder"
            placeholder="All"
            clearable
            searchable
            data={folders.options}
            value={folderId}
            onChange={setFolderId}
          />
          <Select
            label="Tag"
            placeholder="Any"
            clearable
            searchable
            limit={100}
            data={(tags.data ?? []).map((each) => each.tag)}
            value={tag}
            onChange={setTag}
          />
        </Group>
      )}
      {list.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && (
        <EmptyState order={3} title={filtered ? 'Nothing fits these words' : 'Nothing was uploaded yet'} />
      )}
      <ul className="cp-library">
        {items?.map((item) => (
          <li key={item.id}>
            <UnstyledButton
              className="cp-library-item"
              onClick={() => {
                take(item)
                close()
              }}
            >
              {item.thumbnailUrl ? (
                <img src={item.thumbnailUrl} alt={item.alt} loading="lazy" />
              ) : (
                <KindIcon kind={item.kind} />
              )}
              <span>{item.fileName}</span>
              <RightsBadge rights={item.rights} />
            </UnstyledButton>
            <RemoveFile file={item} />
          </li>
        ))}
      </ul>
      <Group justify="space-between" mt="md">
        <LoadMore list={list} />
        <TextLink to="/o/$slug/media" params={{ slug: org.slug }} target="_blank" size="sm">
          Open the library
        </TextLink>
      </Group>
    </>
  )
}
