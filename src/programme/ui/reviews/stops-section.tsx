// What was stopped: why, where its minutes went, when it is tried again, and whether it was right.

import { Button } from '@mantine/core'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { lineLabel, shortly, unitWords } from '../choosing/worth-words.ts'
import { findingWords } from './review-words.ts'
import type { Reviews } from './reviews-page.tsx'
import { movedText } from './verdict-card.tsx'

type Stop = Reviews['stops'][number]

export function StopsSection({ stops }: { stops: Stop[] }) {
  return (
    <Section
      title="What was stopped"
      description="After half a year Longrun looks whether it was right, and reminds you to try it again."
    >
      <ul className="plan-list">
        {stops.map((stop) => (
          <StopRow key={stop.id} stop={stop} />
        ))}
      </ul>
    </Section>
  )
}

function StopRow({ stop }: { stop: Stop }) {
  const org = useOrg()
  const may = useMay()
  const name = lineLabel(stop.activity, stop.channelName)
  const input = { org: org.id, id: stop.id }
  const again = useAct(api.lineReviews, () => client.lineReviews.tryAgain(input), {
    done: `${name} may be planned again`,
    back: () => client.lineReviews.stopOn(input),
  })
  return (
    <li className="plan-row">
      <div>
        <strong>{name}</strong>{' '}
        {stop.finding && <Badge tone={findingWords[stop.finding].tone}>{findingWords[stop.finding].label}</Badge>}{' '}
        {stop.endedHow && <Badge tone="quiet">{stop.endedHow === 'undone' ? 'Undone' : 'Tried again'}</Badge>}
        <p>
          Stopped by {stop.stoppedBy?.name ?? 'somebody'}, <TimeText at={stop.stoppedAt} />: {stop.reason}
        </p>
        <p className="lr-dimmed">
          An hour of it brought {shortly(stop.anHour.likely)} {unitWords[stop.unit].label.toLowerCase()}; it took{' '}
          {Math.round(stop.minutesWeekly)} minutes a week. {movedText(stop.moved)}
        </p>
        {stop.findingWords && <p>{stop.findingWords}</p>}
        {!stop.endedAt && <p className="lr-dimmed">To be tried again from {dayText(stop.retestOn)} on.</p>}
      </div>
      {!stop.endedAt && may('programme.lead') && (
        <Button
          variant="default"
          size="xs"
          loading={again.isPending}
          aria-label={`Try it again: ${name}`}
          onClick={() => again.mutate()}
        >
          Try it again
        </Button>
      )}
    </li>
  )
}
