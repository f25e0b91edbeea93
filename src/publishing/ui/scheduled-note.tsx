// Says before the first keystroke that editing takes a planned post off the schedule.

import { TimeText } from '../../kit/time-text.tsx'
import type { Post } from './use-saver.ts'

export function ScheduledNote({ post }: { post: Post }) {
  const planned = post.variants.filter(({ state }) => state === 'scheduled')
  if (planned.length === 0) return null
  return (
    <p className="cp-banner">
      This post goes out <TimeText at={planned[0]!.dueAt} zone={post.dueZone} />. When you change it, it becomes a draft
      again and must be scheduled anew.
    </p>
  )
}
