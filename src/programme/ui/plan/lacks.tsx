// What stands against a line of the plan, and where to change that.

import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Outlook } from './plan-page.tsx'

export function Lacks({ lacks }: { lacks: Outlook['lacks'] }) {
  const org = useOrg()
  return lacks.map(({ activity, because, says }) => (
    <p key={activity} className="plan-lack">
      <Badge tone="amber">Nobody does it</Badge> {says}{' '}
      {because === 'unable' && (
        <TextLink to="/o/$slug/programme/people" params={{ slug: org.slug }} size="sm">
          Who can do what
        </TextLink>
      )}
    </p>
  ))
}
