// What was sent to a webhook, what came back, and sending it again.

import { Button, Code, Modal } from '@mantine/core'
import { IconCheck, IconClock, IconWall, IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, type client, type Output, paging, refresh } from '../../kit/api.ts'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'

type Delivery = Output<typeof client.webhooks.deliveries>['items'][number]

export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [shown, setShown] = useState<Delivery | null>(null)
  const list = useInfiniteQuery(
    api.webhooks.deliveries.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, id: webhookId, cursor }),
      ...paging,
      refetchInterval: 15_000,
    }),
  )
  const again = useMutation(
    api.webhooks.redeliver.mutationOptions({ onSettled: () => refresh(queryClient, api.webhooks) }),
  )
  return (
    <>
      <ErrorPanel error={again.error} />
      <DataTable
        label="Deliveries"
        query={list}
        rows={allItems(list.data)}
        rowKey={(delivery) => delivery.id}
        empty={
          <EmptyState title="Nothing delivered yet" order={3}>
            Send a test to see whether the address answers.
          </EmptyState>
        }
        columns={[
          { id: 'verb', header: 'Event', primary: true, cell: ({ verb }) => verb },
          { id: 'state', header: 'State', cell: (delivery) => <DeliveryState delivery={delivery} /> },
          { id: 'tries', header: 'Tries', align: 'end', cell: ({ tries }) => tries },
          { id: 'created', header: 'Happened', cell: ({ createdAt }) => <TimeText at={createdAt} relative /> },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (delivery) => (
              <>
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setShown(delivery)}>
                  Content
                </Button>
                {may('webhooks.change') && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    loading={again.isPending && again.variables.delivery === delivery.id}
                    onClick={() => again.mutate({ org: org.id, id: webhookId, delivery: delivery.id })}
                  >
                    Deliver again
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      <Modal opened={shown !== null} onClose={() => setShown(null)} closeOnClickOutside title={shown?.verb} size="lg">
        <Code block>{JSON.stringify(shown?.body, null, 2)}</Code>
      </Modal>
    </>
  )
}

function DeliveryState({ delivery }: { delivery: Delivery }) {
  if (delivery.deliveredAt) {
    return (
      <Badge tone="done" icon={<IconCheck size={14} />}>
        Delivered{delivery.lastStatus ? ` (${delivery.lastStatus})` : ''}
      </Badge>
    )
  }
  if (delivery.lastError === 'behind-wall') {
    return (
      <Badge tone="slate" icon={<IconWall size={14} />}>
        Not sent: it is behind the wall of a department now
      </Badge>
    )
  }
  const why = delivery.lastStatus ? `Answer ${delivery.lastStatus}` : delivery.lastError
  if (!delivery.dueAt) {
    return (
      <Badge tone="crimson" icon={<IconX size={14} />} title={why ?? undefined}>
        Given up{why ? `: ${why}` : ''}
      </Badge>
    )
  }
  return (
    <>
      <Badge tone={why ? 'amber' : 'slate'} icon={<IconClock size={14} />} title={why ?? undefined}>
        {why ?? 'Waiting'}
      </Badge>{' '}
      <span className="lr-dimmed">
        next <TimeText at={delivery.dueAt} relative />
      </span>
    </>
  )
}
