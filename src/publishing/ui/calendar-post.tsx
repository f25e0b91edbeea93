// One post in the calendar: time, state as icon and colour, first words; a link that can be dragged, with a button to move it.

import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconArrowsMove } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { stateLook } from '../../kit/state-badge.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { dragType, isMovable, type PlacedLine, useCalendar } from './calendar-context.ts'

export function CalendarPost({ line, wide = false }: { line: PlacedLine; wide?: boolean }) {
  const { slug } = useOrg()
  const { mayMove, askMove, accounts } = useCalendar()
  const look = stateLook[line.state]
  const movable = mayMove && isMovable(line)
  const names = line.accountIds.map(accounts.nameOf).join(', ')
  const summary = line.summary || 'Without text'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a second way; the button in it is the first
    <div
      className="ca-post"
      data-tone={look.tone}
      data-state={line.state}
      data-wide={wide || undefined}
      draggable={movable}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, line.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <Link
        to="/o/$slug/posts/$postId"
        params={{ slug, postId: line.id }}
        preload={false}
        className="ca-post-link"
        draggable={false}
        title={`${line.wall.slice(11)} ${summary}\n${look.label}${names ? ` · ${names}` : ''}`}
      >
        <look.icon size={14} stroke={2} aria-hidden />
        <span className="ca-post-time">{line.wall.slice(11)}</span>
        <VisuallyHidden>{look.label}</VisuallyHidden>
        {wide && line.thumbnailUrl && <img src={line.thumbnailUrl} alt="" loading="lazy" />}
        <span className="ca-post-words">
          {summary}
          {wide ? <span className="ca-post-names">{names}</span> : <VisuallyHidden> {names}</VisuallyHidden>}
        </span>
      </Link>
      {movable && (
        <ActionIcon
          className="ca-post-move"
          variant="subtle"
          color="gray"
          size={24}
          onClick={() => askMove(line)}
          aria-label={`Move “${summary.slice(0, 60)}”`}
        >
          <IconArrowsMove size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
