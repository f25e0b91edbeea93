// Who watches each topic in each network, and why one does not.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { useNetworkName } from '../use-network-name.ts'
import { type Detector, watchLook } from './alert-words.ts'

const warmUpHours = 48

export function Detectors() {
  const org = useOrg()
  const networkName = useNetworkName()
  const detectors = useQuery(api.alerts.detectors.queryOptions({ input: { org: org.id }, refetchInterval: 60_000 }))
  if (detectors.isPending) return <LoadingRows />
  if (!detectors.data) return <ErrorPanel error={detectors.error} retry={() => void detectors.refetch()} />
  if (detectors.data.length === 0)
    return <p>Nothing was heard yet. Watching begins with the first mention of a topic.</p>
  return (
    <ul className="al-detectors">
      {detectors.data.map((detector) => (
        <li key={`${detector.topicId} ${detector.network}`}>
          <span>
            {detector.topic} · {networkName(detector.network)}
          </span>
          <Badge tone={watchLook[detector.watch].tone}>{watchLook[detector.watch].label}</Badge>
          <Knows detector={detector} />
        </li>
      ))}
    </ul>
  )
}

function Knows({ detector }: { detector: Detector }) {
  if (detector.silentSince)
    return (
      <small>
        Nobody has listened since <TimeText at={detector.silentSince} />. What is not heard is not taken for silence.
      </small>
    )
  if (detector.watch === 'learning') {
    const left = Math.max(1, Math.ceil(warmUpHours - detector.hoursListened))
    return <small>Knows enough after about {left} more hours of listening.</small>
  }
  return detector.knowsWeekdays ? null : <small>Knows the hours of the day; weekdays after three weeks.</small>
}
