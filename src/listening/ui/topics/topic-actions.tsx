// What can be done to a topic as a whole: its mentions, pausing it, removing it with a way back.

import { Button, Group } from '@mantine/core'
import { api, client } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Topic } from './topics-page.tsx'

export function TopicActions({ topic }: { topic: Topic }) {
  const org = useOrg()
  const may = useMay()
  const input = { org: org.id, id: topic.id }
  const pause = useAct(api.topics, () => (topic.pausedAt ? client.topics.resume(input) : client.topics.pause(input)))
  const remove = useAct(api.topics, () => client.topics.remove(input), {
    done: `“${topic.name}” is listened for no more`,
    back: () => client.topics.restore(input),
  })
  return (
    <Group gap="xs">
      <ButtonLink
        to="/o/$slug/listen/topics/$topicId/dashboard"
        params={{ slug: org.slug, topicId: topic.id }}
        variant="default"
        size="compact-sm"
      >
        Dashboard
      </ButtonLink>
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
