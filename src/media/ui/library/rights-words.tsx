// The rights of a file in words, and as a badge where they matter.

import { IconCalendarX, IconClockExclamation, IconHelpCircle } from '@tabler/icons-react'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText, wallTimeIn } from '../../../kit/time.ts'
import { useNow } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { rightsOn } from '../../library/rules.ts'
import type { Rights, RightsBasis, RightsState } from '../../library/types.ts'

export const basisWords: Record<RightsBasis, string> = {
  own: 'Our own',
  licensed: 'Licensed',
  permission: 'By permission',
  free: 'Free for everybody',
}

export const rightsStateWords: Record<RightsState, string> = {
  held: 'Known',
  expiring: 'Ends soon',
  expired: 'Ended',
  unknown: 'Not known',
}

/** How they stand today, where the organisation lives. */
export function useRightsState(rights: Pick<Rights, 'basis' | 'expiresOn'>): RightsState {
  const { timeZone } = useOrg()
  return rightsOn(rights, wallTimeIn(useNow(3_600_000), timeZone).slice(0, 10))
}

/** Nothing where all is well, unless `always`. */
export function RightsBadge({ rights, always = false }: { rights: Rights; always?: boolean }) {
  const state = useRightsState(rights)
  if (state === 'expired')
    return (
      <Badge tone="crimson" icon={<IconCalendarX size={14} />} title="No post is sent with it any more">
        Ended {dayText(rights.expiresOn!)}
      </Badge>
    )
  if (state === 'expiring')
    return (
      <Badge tone="amber" icon={<IconClockExclamation size={14} />} title="The last day of its permission">
        Until {dayText(rights.expiresOn!)}
      </Badge>
    )
  if (!always) return null
  if (state === 'unknown')
    return (
      <Badge icon={<IconHelpCircle size={14} />} title="Nobody has said whether it may be used">
        Rights not known
      </Badge>
    )
  return (
    <Badge tone="done">
      {basisWords[rights.basis!]}
      {rights.expiresOn ? `, until ${dayText(rights.expiresOn)}` : ''}
    </Badge>
  )
}
