// The way on in a list that comes page by page; nothing where all of it is there.

import { Button, Group, type MantineSpacing } from '@mantine/core'

interface Paged {
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

export function LoadMore({ list, mt }: { list: Paged; mt?: MantineSpacing }) {
  if (!list.hasNextPage) return null
  return (
    <Group justify="center" mt={mt}>
      <Button variant="default" onClick={() => void list.fetchNextPage?.()} loading={list.isFetchingNextPage}>
        Load more
      </Button>
    </Group>
  )
}
