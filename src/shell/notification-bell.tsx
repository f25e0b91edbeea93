// The bell: how many notifications are unread, and the newest of them.

import { ActionIcon, Button, Group, Indicator, Popover, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NotificationLine } from '../events/ui/notification-line.tsx'
import { allItems, api, paging, refresh } from '../kit/api.ts'
import { LoadingRows } from '../kit/data-table.tsx'
import { ErrorPanel } from '../kit/error-panel.tsx'
import { LoadMore } from '../kit/load-more.tsx'
import { useOrg } from '../kit/viewer.tsx'

export function NotificationBell() {
  const [opened, setOpened] = useState(false)
  const org = useOrg()
  const list = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 20 }),
      ...paging,
      refetchInterval: 30_000,
    }),
  )
  const unread = list.data?.pages[0]?.unread ?? 0
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} trapFocus returnFocus>
      <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={16} offset={6} color="track" inline>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
            onClick={() => setOpened(!opened)}
          >
            <IconBell size={20} stroke={1.75} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notifications" className="sh-bell">
        <BellList list={list} unread={unread} close={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

type ListQuery = ReturnType<typeof useNotificationsType>
// Only its type is wanted: the query of the bell.
const useNotificationsType = () =>
  useInfiniteQuery(
    api.notifications.list.infiniteOptions({ input: (cursor: string | undefined) => ({ org: '', cursor }), ...paging }),
  )

function BellList({ list, unread, close }: { list: ListQuery; unread: number; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const markRead = useMutation(
    api.notifications.markRead.mutationOptions({ onSuccess: () => refresh(queryClient, api.notifications) }),
  )
  const items = allItems(list.data)
  return (
    <>
      <Group justify="space-between" px="md" py="xs" className="sh-bell-head">
        <Text fw={600} size="sm">
          Notifications
        </Text>
        {unread > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => markRead.mutate({ org: org.id })}
            loading={markRead.isPending}
          >
            Mark all as read
          </Button>
        )}
      </Group>
      <div className="sh-bell-list">
        {list.isPending && <LoadingRows rows={3} />}
        <ErrorPanel error={list.error ?? markRead.error} retry={() => void list.refetch()} />
        {items?.length === 0 && (
          <Text size="sm" c="dimmed" p="md">
            Nothing yet. What needs you comes here: rejected posts, lost connections, expiring credentials.
          </Text>
        )}
        {items?.map((item) => (
          <NotificationLine
            key={item.id}
            item={item}
            opened={() => {
              if (!item.readAt) markRead.mutate({ org: org.id, ids: [item.id] })
              close()
            }}
          />
        ))}
        <LoadMore list={list} compact />
      </div>
    </>
  )
}
