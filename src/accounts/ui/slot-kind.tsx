// What a slot is kept for: any post, always-on posts, or posts of campaigns.

import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Badge } from '../../kit/state-badge.tsx'
import type { Slot } from './slots.ts'

const words = { 'always-on': 'Always-on', campaign: 'Campaigns' } as const

interface SlotKindProps {
  /** The slot in words: “Monday 09:00”. */
  name: string
  kind: Slot['for']
  /** null: this person only reads. */
  change: ((kind: Slot['for']) => void) | null
}

export function SlotKind({ name, kind, change }: SlotKindProps) {
  if (!change) return kind ? <Badge>{words[kind]}</Badge> : null
  const said = kind ? words[kind] : 'any post'
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className="ac-slot-kind" aria-label={`${name} is for ${said}; change`}>
          {kind ? words[kind] : ''}
          <IconChevronDown size={12} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Kept for</Menu.Label>
        <Menu.Item onClick={() => change(undefined)}>Any post</Menu.Item>
        <Menu.Item onClick={() => change('always-on')}>Always-on posts</Menu.Item>
        <Menu.Item onClick={() => change('campaign')}>Posts of campaigns</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
