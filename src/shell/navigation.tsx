// The links of the left side: writing a post first, then the pages.

import { IconPencilPlus } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { ButtonLink } from '../kit/links.tsx'
import { KeyHint } from '../kit/shortcuts.tsx'
import { useMay, useOrg } from '../kit/viewer.tsx'
import { pages } from './pages.ts'

export function Navigation() {
  const { slug } = useOrg()
  const may = useMay()
  const part = useRouterState({ select: ({ location }) => location.pathname.split('/')[3] ?? '' })
  return (
    <nav aria-label="Pages" className="sh-nav">
      {may('posts.write') && (
        <ButtonLink
          to="/o/$slug/compose"
          params={{ slug }}
          leftSection={<IconPencilPlus size={18} />}
          justify="flex-start"
          mb={8}
        >
          Write a post
        </ButtonLink>
      )}
      <ul>
        {pages.map(({ label, to, key, icon: PageIcon, holds }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ slug }}
              className="sh-nav-link"
              activeOptions={{ exact: false, includeSearch: false }}
              {...(holds?.includes(part) && { 'data-status': 'active', 'aria-current': true })}
            >
              <PageIcon size={18} stroke={1.75} aria-hidden />
              <span>{label}</span>
              <span className="sh-nav-key" aria-hidden>
                <KeyHint keys={key} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
