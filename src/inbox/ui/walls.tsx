// What the inbox says of walls: a mark on what only one department sees, and a word before somebody hands over what they will not see again.

import { IconWall } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Conversation } from './inbox-words.ts'

export function WallMark({ conversation: { department } }: { conversation: Conversation }) {
  if (!department?.walled) return null
  return (
    <p>
      <Badge tone="slate" icon={<IconWall size={14} stroke={2} />}>
        Only {department.name} sees this
      </Badge>
    </p>
  )
}

/** Asks before a conversation goes behind a wall that the viewer is not behind, or out from behind one. Answers whether to go on. */
export function useWallWarning({ department }: Conversation): (departmentId: string | null) => Promise<boolean> {
  const org = useOrg()
  const confirm = useConfirm()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  return async (departmentId) => {
    const to = departments.data?.find(({ id }) => id === departmentId)
    if (department?.walled && !to?.walledAt)
      return confirm({
        title: to ? `Hand it to ${to.name}?` : `Take it from ${department.name}?`,
        body: `Everybody will see the conversation, with its notes and everything that was done behind the wall of ${department.name}.`,
        action: to ? 'Hand it over' : 'Take it out',
        danger: true,
      })
    if (!to?.walledAt || to.id === org.departmentId) return true
    return confirm({
      title: `Hand it to ${to.name}?`,
      body: `${to.name} is behind a wall: only its members see the conversation from then on. You will not find it again, and whoever has it now, has it no more unless they belong to ${to.name}.`,
      action: 'Hand it over',
    })
  }
}
