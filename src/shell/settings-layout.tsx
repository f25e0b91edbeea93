// The settings with their own list of pages: mine, the organisation's, and what connects other software.

import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useMay, useOrg } from '../kit/viewer.tsx'
import './settings.css'

const groups = [
  {
    title: 'Mine',
    pages: [
      { label: 'Profile & security', to: '/o/$slug/settings/profile' },
      { label: 'API tokens', to: '/o/$slug/settings/tokens' },
      { label: 'Calendar feeds', to: '/o/$slug/settings/calendar-feeds' },
    ],
  },
  {
    title: 'Organisation',
    pages: [
      { label: 'Organisation', to: '/o/$slug/settings/organisation' },
      { label: 'Departments', to: '/o/$slug/settings/departments' },
      { label: 'Members', to: '/o/$slug/settings/members' },
      { label: 'Who works when', to: '/o/$slug/settings/work' },
      { label: 'Routing', to: '/o/$slug/settings/routing' },
      { label: 'Approval', to: '/o/$slug/settings/approval' },
      { label: 'Promises', to: '/o/$slug/settings/promises' },
      { label: 'Links', to: '/o/$slug/settings/links' },
      { label: 'Holidays', to: '/o/$slug/settings/holidays' },
    ],
  },
  {
    title: 'Inbox',
    pages: [
      { label: 'Saved replies', to: '/o/$slug/settings/saved-replies' },
      { label: 'Macros', to: '/o/$slug/settings/macros' },
      { label: 'Trainings', to: '/o/$slug/settings/trainings' },
      { label: 'Drills', to: '/o/$slug/settings/drills' },
      { label: 'Exercises', to: '/o/$slug/settings/exercises', verb: 'inbox.judge' },
      { label: 'What is kept', to: '/o/$slug/settings/kept' },
      { label: 'Community rules', to: '/o/$slug/settings/community-rules' },
    ],
  },
  {
    title: 'Other software',
    pages: [
      { label: 'Webhooks', to: '/o/$slug/settings/webhooks', verb: 'webhooks.read' },
      { label: 'API reference', to: '/o/$slug/settings/api' },
    ],
  },
] as const

export function SettingsLayout() {
  const list = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  // On a phone the list is a line that scrolls sideways: the open page must be in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [path])
  const { slug } = useOrg()
  const may = useMay()
  return (
    <div className="sh-settings">
      <nav aria-label="Settings" className="sh-settings-nav" ref={list}>
        {groups.map((group) => (
          <div key={group.title}>
            <h2>{group.title}</h2>
            <ul>
              {group.pages
                .filter((page) => !('verb' in page) || may(page.verb))
                .map(({ label, to }) => (
                  <li key={to}>
                    <Link to={to} params={{ slug }} className="sh-nav-link" activeOptions={{ includeSearch: false }}>
                      {label}
                    </Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <div>
        <Outlet />
      </div>
    </div>
  )
}
