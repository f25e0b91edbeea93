// What was planned when, and why.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { LinesText } from './lines-text.tsx'

export function VersionsSection() {
  const org = useOrg()
  const found = useQuery(api.plan.versions.queryOptions({ input: { org: org.id } }))
  return (
    <Section title="Versions">
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <ul className="plan-list">
        {found.data?.map((version) => (
          <li key={version.number} className="plan-row">
            <LinesText version={version} />
            <span className="lr-dimmed">
              {version.madeBy?.name ?? 'Somebody'}, <TimeText at={version.madeAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
