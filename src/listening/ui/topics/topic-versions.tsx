// The versions of a topic: when its query changed, by whom, and why.

import { useQuery } from '@tanstack/react-query'
import { useMemberNames } from '../../../accounts/ui/use-member-names.ts'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Topic } from './topics-page.tsx'

export function TopicVersions({ topic }: { topic: Topic }) {
  const org = useOrg()
  const nameOf = useMemberNames()
  const versions = useQuery(api.topics.versions.queryOptions({ input: { org: org.id, id: topic.id } }))
  return (
    <Section title="Versions" description="What was heard under an earlier one stays.">
      <ErrorPanel error={versions.error} retry={() => void versions.refetch()} />
      <ol className="li-list" aria-label="Versions" reversed>
        {versions.data?.map(({ version, query, note, at, by }) => (
          <li key={version} className="li-match">
            <div className="li-from">
              <strong>Version {version}</strong>
              <TimeText at={at} />
              <span>{nameOf(by)}</span>
            </div>
            <code className="li-topic-query" dir="auto">
              {query}
            </code>
            {note && <p>{note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
