// The pages of listening, one beside the other below their common title.

import { Link } from '@tanstack/react-router'
import { useOrg } from '../../kit/viewer.tsx'
import './refusal-words.ts'
import './listen.css'

const tabs = [
  { label: 'Mentions', to: '/o/$slug/listen' },
  { label: 'Overview', to: '/o/$slug/listen/overview' },
  { label: 'Topics', to: '/o/$slug/listen/topics' },
  { label: 'People', to: '/o/$slug/listen/people' },
  { label: 'Alerts', to: '/o/$slug/listen/alerts' },
  { label: 'Issues', to: '/o/$slug/listen/issues' },
  { label: 'Briefs', to: '/o/$slug/listen/briefs' },
  { label: 'Kept', to: '/o/$slug/listen/kept' },
  { label: 'Coding', to: '/o/$slug/listen/coding' },
  { label: 'Sources', to: '/o/$slug/listen/sources' },
] as const

export function ListenTabs() {
  const { slug } = useOrg()
  return (
    <nav className="li-tabs" aria-label="Listening">
      {tabs.map(({ label, to }) => (
        <Link key={to} to={to} params={{ slug }} activeOptions={{ exact: true, includeSearch: false }}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
