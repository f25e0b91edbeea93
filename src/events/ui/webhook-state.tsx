// Whether a webhook is told of events: yes, failing, paused by a person or by Longrun.

import { IconAlertTriangle, IconCheck, IconPlayerPause } from '@tabler/icons-react'
import type { client, Output } from '../../kit/api.ts'
import { Badge } from '../../kit/state-badge.tsx'

type Webhook = Output<typeof client.webhooks.list>[number]

export function WebhookState({ webhook }: { webhook: Webhook }) {
  if (webhook.pausedAt) {
    const title = webhook.pausedByLongrun
      ? 'Nothing arrived for three days, so Longrun paused it.'
      : 'Paused by a person.'
    return (
      <Badge tone="amber" icon={<IconPlayerPause size={14} />} title={title}>
        {webhook.pausedByLongrun ? 'Paused by Longrun' : 'Paused'}
      </Badge>
    )
  }
  if (webhook.lastDelivery && !webhook.lastDelivery.ok) {
    return (
      <Badge tone="crimson" icon={<IconAlertTriangle size={14} />}>
        Failing
      </Badge>
    )
  }
  return (
    <Badge tone="done" icon={<IconCheck size={14} />}>
      Active
    </Badge>
  )
}
