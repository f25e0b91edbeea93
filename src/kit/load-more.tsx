// The way on in a list that comes page by page; nothing where all of it is there.

import { Button, Group, type MantineSpacing } from '@mantine/core'

interface Paged {
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

export interface LoadMoreProps {
  list: Paged
  mt?: MantineSpacing
  /** In a list within a page or a menu. */
  compact?: boolean
}

export function LoadMore({ list, mt, compact = false }: LoadMoreProps) {
  if (!list.hasNextPage) return null
  return (
    <Group justify={compact ? 'flex-start' : 'center'} mt={mt}>
      <Button
        variant="default"
        size={compact ? 'compact-sm' : undefined}
        onClick={() => void list.fetchNextPage?.()}
        loading={list.isFetchingNextPage}
      >
        Load more
      </Button>
    </Group>
  )
}
