// The topics under which something was heard; those that were removed have no name any more.

import { Badge } from '../../kit/state-badge.tsx'

interface Props {
  ids: readonly string[]
  topicName: (id: string) => string | null | undefined
}

export function TopicBadges({ ids, topicName }: Props) {
  return ids.map((id) => {
    const name = topicName(id)
    return (
      name && (
        <Badge key={id} tone="slate">
          {name}
        </Badge>
      )
    )
  })
}
