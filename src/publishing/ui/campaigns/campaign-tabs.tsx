// The three views of campaigns: the list, both processes at once, and the points where they meet.

import { Link } from '@tanstack/react-router'
import { useOrg } from '../../../kit/viewer.tsx'
import './campaigns.css'

const views = [
  { to: '/o/$slug/campaigns', label: 'Campaigns' },
  { to: '/o/$slug/campaigns/both', label: 'Both at once' },
  { to: '/o/$slug/campaigns/crossings', label: 'Crossing points' },
] as const

export function CampaignTabs() {
  const { slug } = useOrg()
  return (
    <nav className="cm-tabs" aria-label="Views of campaigns">
      {views.map(({ to, label }) => (
        <Link key={to} to={to} params={{ slug }} activeOptions={{ exact: true, includeSearch: false }}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
