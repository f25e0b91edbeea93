// What stood in the inbox over time, and how busy people were with it: for the same days and filters as the other measures.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { Backlog } from './backlog.tsx'
import type { LoadInput } from './load-words.ts'
import { Occupancy } from './occupancy.tsx'

/** Hours are told of so many days. */
const daysByHour = 7

interface LoadSectionsProps {
  input: Omit<LoadInput, 'org' | 'step'>
  days: number
}

export function LoadSections({ input, days }: LoadSectionsProps) {
  const org = useOrg()
  const step = days <= daysByHour ? 'hour' : 'day'
  const found = useQuery(api.measures.load.queryOptions({ input: { ...input, org: org.id, step } }))
  return (
    <>
      <Section
        title="What stood open"
        description={`At the end of each ${step}, where and whose it was then. Put off counts as open; what is closed does not.`}
      >
        {found.isPending && <LoadingRows rows={3} />}
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
        {found.data && <Backlog load={found.data} />}
      </Section>
      {found.data && (
        <Section
          title="How busy people were"
          description="Of their time at work the share in which they had a conversation in hand: theirs, open, and somebody waiting for an answer."
        >
          <Occupancy load={found.data} />
        </Section>
      )}
    </>
  )
}
