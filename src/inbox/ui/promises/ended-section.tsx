// What is not promised any more: when that ended and by whom, with all that it ever said.

import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { targetWords } from './promise-words.ts'
import { VersionsButton } from './versions-button.tsx'
import './promises.css'

type Ended = Output<typeof client.promises.ended>[number]

export function EndedSection() {
  const org = useOrg()
  const ended = useQuery(api.promises.ended.queryOptions({ input: { org: org.id } }))
  if (ended.data?.length === 0) return null
  return (
    <Section title="Not promised any more" description="What began under them goes on as it was promised.">
      <ErrorPanel error={ended.error} retry={() => void ended.refetch()} />
      <ul className="pr-order" aria-label="Not promised any more">
        {ended.data?.map((policy) => (
          <EndedLine key={policy.id} policy={policy} />
        ))}
      </ul>
    </Section>
  )
}

function EndedLine({ policy }: { policy: Ended }) {
  const { policy: said, number, endedAt, endedBy } = policy
  return (
    <li>
      <div>
        <p className="pr-name">{said.name}</p>
        <p>{said.targets.map(targetWords).join(', ')}</p>
        <p className="pr-facts">
          Ended {endedBy && `by ${endedBy.name}, `}
          <TimeText at={endedAt} /> · version {number} was the last
        </p>
      </div>
      <VersionsButton policy={policy} />
    </li>
  )
}
