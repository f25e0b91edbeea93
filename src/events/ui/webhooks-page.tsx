// Webhooks: other software is told of every event, signed, in order of its happening.

import { Button, Modal } from '@mantine/core'
import { IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { linkOptions } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type client, type Output } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { AddWebhook } from './webhook-form.tsx'
import { WebhookState } from './webhook-state.tsx'

type Webhook = Output<typeof client.webhooks.list>[number]

export function WebhooksPage() {
  const org = useOrg()
  const may = useMay()
  const webhooks = useQuery(api.webhooks.list.queryOptions({ input: { org: org.id } }))
  const [adding, setAdding] = useState(false)
  const add = may('webhooks.change') && <Button onClick={() => setAdding(true)}>Add webhook</Button>
  return (
    <AppPage
      title="Webhooks"
      description="Longrun sends each event to these addresses, signed with a secret, and tries again for three days."
      actions={webhooks.data?.length ? add : null}
    >
      <DataTable
        label="Webhooks"
        query={webhooks}
        rows={webhooks.data}
        rowKey={(webhook) => webhook.id}
        rowLink={(webhook) =>
          linkOptions({
            to: '/o/$slug/settings/webhooks/$webhookId',
            params: { slug: org.slug, webhookId: webhook.id },
          })
        }
        empty={
          <EmptyState title="No webhooks yet" icon={<IconWebhook size={28} stroke={1.5} />} action={add}>
            Add one to tell a chat, an archive or your own software whenever a post goes out or needs somebody.
          </EmptyState>
        }
        columns={[
          { id: 'url', header: 'Address', primary: true, cell: ({ url }) => url, sort: ({ url }) => url },
          { id: 'verbs', header: 'Events', cell: (webhook) => eventsOf(webhook) },
          { id: 'state', header: 'State', cell: (webhook) => <WebhookState webhook={webhook} /> },
          {
            id: 'last',
            header: 'Last delivery',
            cell: ({ lastDelivery }) => <TimeText at={lastDelivery?.at ?? null} relative none="none yet" />,
          },
        ]}
      />
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add a webhook" size="lg">
        <AddWebhook close={() => setAdding(false)} />
      </Modal>
    </AppPage>
  )
}

const eventsOf = ({ verbs }: Webhook): string => (verbs.length === 0 ? 'All' : verbs.join(', '))
