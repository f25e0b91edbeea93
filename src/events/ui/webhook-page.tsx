// One webhook: its state, a test, pausing, and the log of what was delivered.

import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { AppPage, Section } from '../../kit/app-page.tsx'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { ChangeWebhook } from './webhook-form.tsx'
import { WebhookState } from './webhook-state.tsx'

const route = getRouteApi('/o/$slug/settings/webhooks/$webhookId')

type Webhook = Output<typeof client.webhooks.list>[number]

export function WebhookPage() {
  const org = useOrg()
  const { webhookId } = route.useParams()
  const webhooks = useQuery(api.webhooks.list.queryOptions({ input: { org: org.id } }))
  const webhook = webhooks.data?.find(({ id }) => id === webhookId)
  const back = (
    <TextLink key="webhooks" to="/o/$slug/settings/webhooks" params={{ slug: org.slug }} inherit>
      Webhooks
    </TextLink>
  )
  return (
    <AppPage
      title={webhook ? hostOf(webhook.url) : 'Webhook'}
      aside={webhook && <WebhookState webhook={webhook} />}
      description={webhook?.url}
      crumbs={[back]}
      actions={webhook && <Actions webhook={webhook} />}
    >
      {webhooks.isPending && <LoadingRows />}
      <ErrorPanel error={webhooks.error} retry={() => void webhooks.refetch()} />
      {webhooks.data && !webhook && (
        <EmptyState
          title="This webhook does not exist any more"
          action={
            <ButtonLink to="/o/$slug/settings/webhooks" params={{ slug: org.slug }} variant="default">
              All webhooks
            </ButtonLink>
          }
        />
      )}
      {webhook && (
        <>
          <Text size="sm">
            {webhook.verbs.length === 0 ? 'Is told of everything.' : `Is told of ${webhook.verbs.join(', ')}.`}
          </Text>
          <Section title="Deliveries" description="Newest first, kept for 30 days.">
            <DeliveryLog webhookId={webhook.id} />
          </Section>
        </>
      )}
    </AppPage>
  )
}

function Actions({ webhook }: { webhook: Webhook }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const navigate = route.useNavigate()
  const [editing, setEditing] = useState(false)
  const reload = () => refresh(queryClient, api.webhooks)
  const input = { org: org.id, id: webhook.id }
  const test = useMutation(api.webhooks.test.mutationOptions({ onSettled: reload }))
  const change = useMutation(api.webhooks.change.mutationOptions({ onSuccess: reload }))
  if (!may('webhooks.change')) return null
  const remove = async () => {
    const removed = await confirm({
      title: 'Remove this webhook?',
      body: `${webhook.url} is told nothing more, and its log is removed.`,
      action: 'Remove webhook',
      danger: true,
      run: () => client.webhooks.remove(input),
    })
    if (!removed) return
    await navigate({ to: '/o/$slug/settings/webhooks', params: { slug: org.slug } })
    await reload()
  }
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate(input)}>
          Send a test
        </Button>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ ...input, paused: !webhook.pausedAt })}
        >
          {webhook.pausedAt ? 'Resume' : 'Pause'}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label="More actions">
              <IconDots size={18} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setEditing(true)}>Change address or events</Menu.Item>
            <Menu.Item color="crimson" onClick={() => void remove()}>
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <TestAnswer answer={test.data} />
      <ErrorPanel error={test.error ?? change.error} />
      <Modal opened={editing} onClose={() => setEditing(false)} title="Change the webhook" size="lg">
        <ChangeWebhook webhook={webhook} close={() => setEditing(false)} />
      </Modal>
    </Stack>
  )
}

function TestAnswer({ answer }: { answer: Output<typeof client.webhooks.test> | undefined }) {
  if (!answer) return null
  const words = answer.deliveredAt
    ? `The test arrived (${answer.lastStatus}).`
    : `The test did not arrive: ${answer.lastStatus ? `the answer was ${answer.lastStatus}` : (answer.lastError ?? 'no answer')}.`
  return (
    <Text size="sm" role="status" c={answer.deliveredAt ? 'done' : 'crimson'}>
      {words}
    </Text>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
