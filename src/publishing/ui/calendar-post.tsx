// One post in the calendar: time, state as icon and colour, first words; a link that can be chosen and dragged, with a menu to move or copy it.

import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core'
import { IconDots, IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, useState } from 'react'
import { stateLook } from '../../kit/state-badge.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { chooseByClick } from './bulk/choose-posts.ts'
import { useSelected, useSelection } from './bulk/selection.ts'
import { dragType, isMovable, type PlacedLine, useCalendar } from './calendar-context.ts'

interface CalendarPostProps {
  line: PlacedLine
  wide?: boolean
}

const flag = <IconFlag className="ca-post-flag" size={12} stroke={2} aria-hidden />

/** Drawn anew only when something of it changes: a month has hundreds. */
export const CalendarPost = memo(function CalendarPost({ line, wide = false }: CalendarPostProps) {
  const { slug } = useOrg()
  const { mayMove, mayWrite, accounts, choosing, lineOf, campaignName } = useCalendar()
  const selection = useSelection()
  const chosen = useSelected(line.id)
  const look = stateLook[line.state]
  const movable = isMovable(line) && (line.state === 'draft' ? mayWrite : mayMove)
  const names = line.accountIds.map(accounts.nameOf).join(', ')
  const summary = line.summary || 'Without text'
  const campaign = line.campaignId ? campaignName(line.campaignId) : ''
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a second way; the menu in it is the first
    <div
      className="ca-post"
      data-id={line.id}
      data-tone={look.tone}
      data-state={line.state}
      data-wide={wide || undefined}
      data-chosen={chosen || undefined}
      draggable={movable || mayWrite}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, line.id)
        event.dataTransfer.effectAllowed = movable ? 'copyMove' : 'copy'
      }}
    >
      {choosing && (
        <input
          type="checkbox"
          className="ca-post-check"
          checked={chosen}
          onChange={() => selection.toggle(line)}
          aria-label={`Choose “${summary.slice(0, 60)}”`}
        />
      )}
      <Link
        to="/o/$slug/posts/$postId"
        params={{ slug, postId: line.id }}
        preload={false}
        className="ca-post-link"
        draggable={false}
        onClick={(event) => void chooseByClick(event, line, { selection, choosing, lineOf })}
        title={`${line.wall.slice(11)} ${summary}\n${[look.label, campaign, names].filter(Boolean).join(' · ')}`}
      >
        <look.icon size={14} stroke={2} aria-hidden />
        <span className="ca-post-time">{line.wall.slice(11)}</span>
        {line.campaignId && !wide && flag}
        <VisuallyHidden>
          {look.label}
          {campaign && `, campaign ${campaign}`}
          {chosen && ', chosen'}
        </VisuallyHidden>
        <span className="ca-post-words">
          {summary}
          {wide ? (
            <span className="ca-post-names">
              {line.campaignId && flag}
              {[campaign, names].filter(Boolean).join(' · ')}
            </span>
          ) : (
            <VisuallyHidden> {names}</VisuallyHidden>
          )}
        </span>
        {wide && line.thumbnailUrl && <img src={line.thumbnailUrl} alt="" loading="lazy" />}
      </Link>
      {mayWrite && !choosing && <PostMenu line={line} movable={movable} summary={summary} />}
    </div>
  )
})

/** The menu itself is made when it is opened: hundreds of closed ones are slow. */
function PostMenu({ line, movable, summary }: { line: PlacedLine; movable: boolean; summary: string }) {
  const { askMove, askCopy } = useCalendar()
  const selection = useSelection()
  const [opened, setOpened] = useState(false)
  const button = (
    <ActionIcon
      className="ca-post-move"
      variant="subtle"
      color="gray"
      size={24}
      aria-haspopup="menu"
      onClick={() => setOpened(true)}
      aria-label={`Move or copy “${summary.slice(0, 60)}”`}
    >
      <IconDots size={14} />
    </ActionIcon>
  )
  if (!opened) return button
  return (
    <Menu opened onChange={setOpened} position="bottom-end">
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {movable && <Menu.Item onClick={() => askMove(line)}>Move…</Menu.Item>}
        <Menu.Item onClick={() => askCopy(line)}>Copy to…</Menu.Item>
        <Menu.Item onClick={() => selection.toggle(line)}>{selection.has(line.id) ? 'Let go' : 'Choose'}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
