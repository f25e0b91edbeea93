// Adds a webhook, or changes where it sends what. The secret is shown once.

import { Button, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { CopyField } from '../../kit/copy-field.tsx'
import { ServerForm, useServerForm } from '../../kit/form.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { knownVerbs } from './event-words.ts'

type Webhook = Output<typeof client.webhooks.list>[number]

const offered = [...new Set(knownVerbs.map((verb) => `${verb.split('.')[0]}.*`)), ...knownVerbs]

export function AddWebhook({ close }: { close: () => void }) {
  const org = useOrg()
  const [secret, setSecret] = useState<string | null>(null)
  if (secret) return <ShownOnce secret={secret} close={close} />
  return (
    <WebhookForm
      submit="Add"
      close={close}
      initial={{ url: '', verbs: [] }}
      send={async (values) => setSecret((await client.webhooks.add({ org: org.id, ...values })).secret)}
    />
  )
}

export function ChangeWebhook({ webhook, close }: { webhook: Webhook; close: () => void }) {
  const org = useOrg()
  const send = async (values: Values) => {
    await client.webhooks.change({ org: org.id, id: webhook.id, ...values })
    close()
  }
  return <WebhookForm submit="Save" initial={{ url: webhook.url, verbs: webhook.verbs }} send={send} close={close} />
}

interface Values {
  url: string
  verbs: string[]
  [name: string]: unknown
}

function WebhookForm({
  submit,
  initial,
  send,
  close,
}: {
  submit: string
  initial: Values
  send: (values: Values) => Promise<void>
  close: () => void
}) {
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: initial,
    validate: ({ url }) => ({
      url: /^https?:\/\/\S+$/.test(url.trim()) ? null : 'An address like https://example.org/hook is needed.',
    }),
    send: ({ url, verbs }) => send({ url: url.trim(), verbs }),
    done: () => refresh(queryClient, api.webhooks),
    fieldOfCode: { 'address-refused': 'url', 'address-private': 'url' },
  })
  return (
    <ServerForm form={form} submit={submit} label="Webhook" close={close}>
      <TextInput label="Address" type="url" placeholder="https://" data-autofocus {...form.field('url')} />
      <TagsInput
        label="Events"
        description="Such as post.published, or post.* for all of posts. Empty: everything."
        data={offered}
        clearable
        {...form.field('verbs')}
      />
    </ServerForm>
  )
}

function ShownOnce({ secret, close }: { secret: string; close: () => void }) {
  return (
    <Stack gap="md">
      <CopyField label="Secret" value={secret} />
      <Text size="sm">
        It is shown only now. Each delivery carries <code>Longrun-Signature: t=…,v1=…</code>: check that <code>v1</code>{' '}
        is the HMAC-SHA-256 of <code>t + "." + body</code> with this secret, and that <code>t</code> (seconds) is
        recent.
      </Text>
      <Button onClick={close}>Done</Button>
    </Stack>
  )
}
