// Opens an issue by hand, for a topic or from a mention. Where one is open for the topic already, that is the one.

import { Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import './issue-words.ts'

/** `topicIds`: those that the mention belongs to. */
export function OpenIssueDialog({
  mention,
  close,
}: {
  mention?: { id: string; topicIds: readonly string[] }
  close(): void
}) {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const fits = (topics.data ?? []).filter(({ id }) => !mention || mention.topicIds.includes(id))
  const form = useServerForm({
    initialValues: { topicId: mention?.topicIds.length === 1 ? mention.topicIds[0]! : null, title: '', note: '' },
    validate: ({ topicId }) => ({ topicId: topicId ? null : 'Which topic is it about?' }),
    send: ({ topicId, title, note }: { topicId: string | null; title: string; note: string }) =>
      client.issues.open({
        org: org.id,
        topicId: topicId ?? undefined,
        mentionId: mention?.id,
        title: title.trim() || undefined,
        note,
      }),
    done: async ({ id }) => {
      await refresh(queryClient, api.issues)
      close()
      await navigate({ to: '/o/$slug/listen/issues/$issueId', params: { slug: org.slug, issueId: id } })
    },
  })
  return (
    <Modal opened onClose={close} title={mention ? 'Put it into an issue' : 'Open an issue'}>
      <ServerForm form={form} submit={mention ? 'Put it there' : 'Open it'}>
        <Select
          label="Topic"
          description="Where an issue is open for it, this one is used."
          placeholder="Choose one"
          data={fits.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.field('topicId')}
        />
        <TextInput
          label="Title"
          description="Of a new one; may be left empty."
          maxLength={200}
          {...form.field('title')}
        />
        <Textarea label="What is known" autosize minRows={2} maxLength={4000} {...form.field('note')} />
      </ServerForm>
    </Modal>
  )
}
