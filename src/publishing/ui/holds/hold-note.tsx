// Says before a post is scheduled that a hold will stop it.

import { holdTitle } from './hold-words.ts'
import { useActiveHolds } from './use-active-holds.ts'
import './holds.css'

interface HoldNoteProps {
  campaignId: string | null
  departmentId: string | null
  accountIds: string[]
}

export function HoldNote(post: HoldNoteProps) {
  const hold = useActiveHolds().binding(post)
  if (!hold) return null
  return (
    <p className="cp-note" role="status">
      On hold ({holdTitle(hold)}): “{hold.reason}”. You can schedule it; it is held{' '}
      {hold.scope === 'account' && post.accountIds.length > 1 ? 'there ' : ''}until the hold ends.
    </p>
  )
}
