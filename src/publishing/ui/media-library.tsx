// Files that were added before, to use again.

import { Button, Modal, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMovie } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, paging } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { RemoveFile } from '../../media/ui/remove-file.tsx'
import type { Media } from './upload.ts'

interface MediaLibraryProps {
  opened: boolean
  close: () => void
  take: (media: Media) => void
  /** Only pictures, for a feature image. */
  onlyImages?: boolean
}

export function MediaLibrary({ opened, close, take, onlyImages = false }: MediaLibraryProps) {
  const org = useOrg()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 250)
  const list = useInfiniteQuery(
    api.media.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 60, q: q || undefined }),
      ...paging,
      enabled: opened,
    }),
  )
  const items = allItems(list.data)?.filter((item) => !onlyImages || item.kind === 'image')
  return (
    <Modal opened={opened} onClose={close} title="From the library" size="lg">
      <TextInput
        label="Search"
        placeholder="File name or description"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        mb="md"
        data-autofocus
      />
      {list.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && (
        <EmptyState order={3} title={q ? 'Nothing fits these words' : 'Nothing was uploaded yet'} />
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
                <IconMovie size={32} stroke={1.5} aria-hidden />
              )}
              <span>{item.fileName}</span>
            </UnstyledButton>
            <RemoveFile file={item} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          Load more
        </Button>
      )}
    </Modal>
  )
}
