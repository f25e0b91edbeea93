// One session: what it is, how long it takes, and the one tap that says it is done.

import { Button, Group, Menu, Modal } from '@mantine/core'
import { IconCheck, IconChevronDown, IconPlayerPlay } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay } from '../../../kit/viewer.tsx'
import { useCampaignNames } from '../../../publishing/ui/campaigns/use-campaign-names.ts'
import { numberText } from '../programme-words.ts'
import { MoveForm, SkipForm } from './session-forms.tsx'
import { type Session, sessionTitle, stateLook, weekdayText } from './session-words.ts'
import { useSessionActs } from './use-session-act.ts'

interface Props {
  session: Session
  today: string
  /** Where the day stands above it already. */
  hidesDay?: boolean
  /** What can be done with it, where it is somebody else’s. */
  acts?: ReactNode
}

export function SessionLine({ session, today, hidesDay = false, acts }: Props) {
  const { state, kind, minutes, spent, day, isMadeUp, reason, at, zone, campaignId, beside } = session
  const { nameOf } = useCampaignNames()
  return (
    <li className="plan-row">
      <span className="plan-session">
        <span>
          {sessionTitle(session)} {kind === 'key' && <Badge tone="track">Key</Badge>}{' '}
          {state !== 'planned' && <Badge tone={stateLook[state].tone}>{stateLook[state].label}</Badge>}
        </span>
        <span className="lr-dimmed">
          {state === 'done' ? doneText(minutes, spent) : `${minutes} min`}
          {state === 'planned' && !hidesDay && day !== today && `, planned for ${weekdayText(day)}`}
          {state === 'planned' && (
            <>
              , <TimeText at={at} zone={zone} style="time" />
            </>
          )}
          {campaignId && `, for ${nameOf(campaignId)}`}
          {isMadeUp && state === 'planned' && ', second chance'}
          {beside && `, with ${beside} at your side`}
          {reason && (state === 'planned' ? `, moved: ${lower(reason)}` : `. ${reason}`)}
        </span>
      </span>
      {acts ?? <Acts session={session} today={today} />}
    </li>
  )
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const doneText = (minutes: number, spent: number | null): string =>
  spent === null ? `${minutes} min` : `${numberText(spent)} min`

function Acts({ session, today }: { session: Session; today: string }) {
  const may = useMay()
  const [open, setOpen] = useState<'move' | 'skip' | null>(null)
  const acts = useSessionActs(session)
  const close = () => setOpen(null)
  const title = sessionTitle(session)
  if (!may('programme.log')) return null
  if (session.state === 'done' || session.state === 'skipped')
    return session.day < today ? null : (
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={acts.reopen.isPending}
        aria-label={`Open again: ${title}`}
        onClick={() => acts.reopen.mutate()}
      >
        Open again
      </Button>
    )
  if (session.state !== 'planned') return null
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconCheck size={16} />}
        loading={acts.done.isPending}
        aria-label={`Done: ${title}`}
        onClick={() => acts.done.mutate()}
      >
        Done
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="compact-sm" aria-label={`More: ${title}`}>
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => acts.start.mutate()}>
            Start the timer
          </Menu.Item>
          <Menu.Item onClick={() => setOpen('move')}>Another day …</Menu.Item>
          <Menu.Item onClick={() => setOpen('skip')}>Leave it out …</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={open === 'move'} onClose={close} title={`${title}: another day`}>
        <MoveForm session={session} close={close} done={acts.moved} />
      </Modal>
      <Modal opened={open === 'skip'} onClose={close} title={`${title}: leave it out`}>
        <SkipForm session={session} close={close} done={acts.skipped} />
      </Modal>
    </Group>
  )
}
