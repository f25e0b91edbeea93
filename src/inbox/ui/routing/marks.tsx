// Priority and tags of a conversation: shown in lists, changed beside it.

import { Badge, Select, TagsInput } from '@mantine/core'
import { api, client } from '../../../kit/api.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Priority } from '../../promises/types.ts'
import type { Conversation } from '../inbox-words.ts'
import { useTags } from '../use-tags.ts'
import { priorityChoices, priorityWords } from './routing-words.ts'
import '@mantine/core/styles/Badge.css'
import './routing.css'

type Marked = Pick<Conversation, 'priority' | 'tags' | 'verdict'>

/** In lists: what is usual is not said. */
export function Marks({ conversation: { priority, tags, verdict } }: { conversation: Marked }) {
  const shown = [
    ...(priority === 'normal' ? [] : [priorityWords[priority]]),
    ...(verdict === 'decide' ? ['Please decide'] : verdict === 'do-not-answer' ? ['No answer needed'] : []),
  ]
  if (shown.length + tags.length === 0) return null
  return (
    <span className="ro-marks">
      {shown.map((each) => (
        <Badge key={each} size="sm" variant="light" color={each === 'Urgent' ? 'crimson' : 'gray'}>
          {each}
        </Badge>
      ))}
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="outline" color="gray" tt="none">
          {tag}
        </Badge>
      ))}
    </span>
  )
}

export function MarkFields({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const may = useMay()
  const tags = useTags()
  const mark = useAct(api.conversations, (change: { priority?: Priority; tags?: string[] }) =>
    client.considered.mark({ org: org.id, id: conversation.id, ...change }),
  )
  if (!may('inbox.handle')) return <Marks conversation={conversation} />
  return (
    <>
      <Select
        label="Priority"
        allowDeselect={false}
        data={priorityChoices}
        value={conversation.priority}
        onChange={(priority) => priority && mark.mutate({ priority: priority as Priority })}
      />
      <TagsInput
        label="Tags"
        placeholder={conversation.tags.length === 0 ? 'None' : undefined}
        maxTags={50}
        data={tags}
        value={conversation.tags}
        onChange={(tags) => mark.mutate({ tags })}
      />
    </>
  )
}
