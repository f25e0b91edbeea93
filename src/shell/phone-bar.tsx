// The bar at the bottom of a phone: the pages of every day, writing in the middle, the rest behind More.

import { UnstyledButton } from '@mantine/core'
import { IconCalendar, IconListDetails, IconMenu2, IconPencilPlus, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay, useOrg } from '../kit/viewer.tsx'

export function PhoneBar({ openMore }: { openMore: () => void }) {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <nav aria-label="Main pages" className="sh-bar">
      <Link to="/o/$slug/today" params={{ slug }} className="sh-bar-link">
        <IconSun size={20} aria-hidden /> Today
      </Link>
      <Link to="/o/$slug/calendar" params={{ slug }} className="sh-bar-link" activeOptions={{ includeSearch: false }}>
        <IconCalendar size={20} aria-hidden /> Calendar
      </Link>
      {may('posts.write') && (
        <Link
          to="/o/$slug/compose"
          params={{ slug }}
          className="sh-bar-link"
          data-main
          activeOptions={{ includeSearch: false }}
        >
          <IconPencilPlus size={20} aria-hidden /> Write
        </Link>
      )}
      <Link to="/o/$slug/posts" params={{ slug }} className="sh-bar-link" activeOptions={{ includeSearch: false }}>
        <IconListDetails size={20} aria-hidden /> Posts
      </Link>
      <UnstyledButton className="sh-bar-link" onClick={openMore} aria-haspopup="dialog">
        <IconMenu2 size={20} aria-hidden /> More
      </UnstyledButton>
    </nav>
  )
}
