// What a hold would stop, before anybody says the word.

import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { HoldScope } from '../../holds/types.ts'

export function HoldPreview({ scope, scopeId }: HoldScope) {
  const org = useOrg()
  const preview = useQuery(
    api.holds.preview.queryOptions({ input: { org: org.id, scope, scopeId }, staleTime: 0, refetchInterval: 10_000 }),
  )
  if (preview.isPending) return <Skeleton height={60} />
  if (!preview.data) return <ErrorPanel error={preview.error} retry={() => void preview.refetch()} />
  const { count: stopped, next, underWay } = preview.data
  return (
    <div className="lr-panel" role="status">
      <p className="ho-note">
        {stopped === 0
          ? 'Nothing is planned that it would stop now. What is scheduled later is held too.'
          : `It stops ${count(stopped, 'post')}${next.length > 0 ? '. The next ones:' : '.'}`}
      </p>
      <ul className="ho-preview">
        {next.slice(0, 5).map((line) => (
          <li key={line.variantId}>
            <span>{line.summary || 'Without text'}</span>
            <TimeText at={line.dueAt} />
          </li>
        ))}
      </ul>
      {underWay.length > 0 && (
        <>
          <p className="ho-note">Being sent at this moment, which nothing can stop:</p>
          <ul className="ho-preview">
            {underWay.map((line) => (
              <li key={line.variantId}>
                <span>{line.summary || 'Without text'}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
