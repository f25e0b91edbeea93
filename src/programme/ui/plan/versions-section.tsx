// What was planned when, and why.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { periodText, slotsText } from './cadence-rows.ts'

export function VersionsSection() {
  const org = useOrg()
  const found = useQuery(api.plan.versions.queryOptions({ input: { org: org.id } }))
  return (
    <Section title="Versions">
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <ul className="plan-list">
        {found.data?.map(({ number, lines, reason, madeAt, madeBy }) => (
          <li key={number} className="plan-row">
            <div>
              <strong>Version {number}</strong>: {reason}
              <p className="lr-dimmed">{lines.map((line) => `${slotsText(line)} ${periodText(line)}`).join('; ')}</p>
            </div>
            <span className="lr-dimmed">
              {madeBy?.name ?? 'Somebody'}, <TimeText at={madeAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
