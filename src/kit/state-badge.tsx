// The state of a post, an account or a delivery: a word with an icon, so that colour is never the only sign.
//
//   <StateBadge state="scheduled" />     `stateLook` for pickers and legends; <Badge tone="done" icon={…}> for anything else

import {
  type Icon,
  IconAlertTriangle,
  IconBan,
  IconCalendarTime,
  IconCheck,
  IconEyeCheck,
  IconHandStop,
  IconHelpCircle,
  IconLoader2,
  IconParking,
  IconPencil,
  IconPlugConnectedX,
  IconPlugX,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { VariantState } from '../publishing/types.ts'

export type Tone = 'quiet' | 'track' | 'done' | 'amber' | 'crimson' | 'slate'
export type AccountState = 'connected' | 'needs-reconnect' | 'disconnected'

interface Look {
  label: string
  tone: Tone
  icon: Icon
  /** One sentence for tooltips and legends. */
  means: string
}

export const stateLook: Record<VariantState | AccountState, Look> = {
  draft: { label: 'Draft', tone: 'quiet', icon: IconPencil, means: 'Being written; nothing is planned.' },
  'in-review': {
    label: 'In review',
    tone: 'amber',
    icon: IconEyeCheck,
    means: 'Somebody has to approve it before it goes out.',
  },
  scheduled: { label: 'Scheduled', tone: 'slate', icon: IconCalendarTime, means: 'Goes out at its time.' },
  sending: { label: 'Sending', tone: 'slate', icon: IconLoader2, means: 'Longrun is sending it now.' },
  processing: {
    label: 'Processing',
    tone: 'slate',
    icon: IconLoader2,
    means: 'The network has it and is still working on it.',
  },
  'looking-up': {
    label: 'Checking',
    tone: 'amber',
    icon: IconLoader2,
    means: 'The answer was lost; Longrun looks whether it is there.',
  },
  unconfirmed: {
    label: 'Unconfirmed',
    tone: 'amber',
    icon: IconHelpCircle,
    means: 'Nobody can tell whether it went out. A person decides.',
  },
  held: { label: 'Held', tone: 'amber', icon: IconHandStop, means: 'Stopped by a person until it is released.' },
  parked: {
    label: 'Parked',
    tone: 'amber',
    icon: IconParking,
    means: 'Waits for something to be mended, such as the connection.',
  },
  published: { label: 'Published', tone: 'done', icon: IconCheck, means: 'It is on the network.' },
  rejected: {
    label: 'Rejected',
    tone: 'crimson',
    icon: IconX,
    means: 'The network refused it. Change it and send it again.',
  },
  cancelled: { label: 'Cancelled', tone: 'quiet', icon: IconBan, means: 'Will never be sent.' },
  removed: { label: 'Removed', tone: 'quiet', icon: IconTrash, means: 'Was deleted at the network.' },
  connected: { label: 'Connected', tone: 'done', icon: IconCheck, means: 'Works.' },
  'needs-reconnect': {
    label: 'Connection lost',
    tone: 'crimson',
    icon: IconPlugConnectedX,
    means: 'The network does not accept the credentials any more.',
  },
  disconnected: {
    label: 'Disconnected',
    tone: 'quiet',
    icon: IconPlugX,
    means: 'The credentials were forgotten; the history stays.',
  },
}

const fallback = (state: string): Look => ({ label: state, tone: 'quiet', icon: IconAlertTriangle, means: '' })

export function StateBadge({ state }: { state: string }) {
  const look = Object.hasOwn(stateLook, state) ? stateLook[state as VariantState] : fallback(state)
  return (
    <Badge tone={look.tone} icon={<look.icon size={14} stroke={2} />} title={look.means}>
      {look.label}
    </Badge>
  )
}

export function Badge({
  tone = 'quiet',
  icon,
  title,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  title?: string
  children: ReactNode
}) {
  return (
    <span className="lr-badge" data-tone={tone} title={title}>
      {icon && (
        <span className="lr-badge-icon" aria-hidden>
          {icon}
        </span>
      )}
      {children}
    </span>
  )
}
