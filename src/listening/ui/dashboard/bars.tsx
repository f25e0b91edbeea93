// Names with how often they occur, as bars; each leads to the mentions behind it.

import { Link } from '@tanstack/react-router'
import { Section } from '../../../kit/app-page.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { MentionSearch } from '../mentions/mention-search.ts'

export interface Bar {
  key: string
  label: string
  count: number
  search: MentionSearch
}

interface BarsProps {
  title: string
  description?: string
  rows: Bar[]
  /** Where there is nothing to show. */
  none: string
}

export function Bars({ title, description, rows, none }: BarsProps) {
  const { slug } = useOrg()
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <Section title={title} description={description}>
      {rows.length === 0 ? (
        <p className="lr-dimmed">{none}</p>
      ) : (
        <ul className="li-bars">
          {rows.map(({ key, label, count, search }) => (
            <li key={key}>
              <Link
                className="li-facet"
                to="/o/$slug/listen"
                params={{ slug }}
                search={search}
                style={{ '--share': `${(100 * count) / most}%` } as Record<string, string>}
              >
                <span dir="auto">{label}</span>
                <span>{count.toLocaleString()}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
