// What can be done to a topic as a whole: its mentions, pausing it, removing it with a way back.

import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Topic } from './topics-page.tsx'

export function TopicActions({ topic }: { topic: Topic }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const input = { org: org.id, id: topic.id }
  const done = () => refresh(queryClient, api.topics)
  const pause = useMutation({
    mutationFn: () => (topic.pausedAt ? client.topics.resume(input) : client.topics.pause(input)),
    onSuccess: done,
    onError: (error) => showProblem(error),
  })
  const remove = useMutation({
    mutationFn: () => client.topics.remove(input),
    onSuccess: async () => {
      await done()
      showUndo(`“${topic.name}” is listened for no more`, async () => {
        await client.topics.restore(input)
        await done()
      })
    },
    onError: (error) => showProblem(error),
  })
  return (
    <Group gap="xs">
      <ButtonLink
        to="/o/$slug/listen"
        params={{ slug: org.slug }}
        search={{ topic: topic.id }}
        variant="default"
        size="compact-sm"
      >
        Mentions
      </ButtonLink>
      {may('listening.change') && (
        <>
          <Button variant="default" size="compact-sm" loading={pause.isPending} onClick={() => pause.mutate()}>
            {topic.pausedAt ? 'Go on' : 'Pause'}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Remove
          </Button>
        </>
      )}
    </Group>
  )
}
