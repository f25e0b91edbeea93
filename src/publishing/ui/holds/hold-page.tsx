// One hold: why, since when, what it stopped, what was under way, what was missed; and its end.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { EndHoldDialog } from './end-hold-dialog.tsx'
import { HeldTable } from './held-table.tsx'
import { holdTitle } from './hold-words.ts'
import { HoldBadge } from './holds-page.tsx'
import { MissedPosts } from './missed-posts.tsx'
import type { Hold } from './use-active-holds.ts'
import '../refusal-words.ts'
import './holds.css'

const route = getRouteApi('/o/$slug/holds/$holdId')

export function HoldPage() {
  const org = useOrg()
  const may = useMay()
  const { holdId } = route.useParams()
  const [ending, setEnding] = useState(false)
  const hold = useQuery(api.holds.read.queryOptions({ input: { org: org.id, id: holdId }, refetchInterval: 10_000 }))
  const found = hold.data
  return (
    <AppPage
      title={found ? holdTitle(found) : 'Hold'}
      aside={found && <HoldBadge hold={found} />}
      description={found && <Story hold={found} />}
      crumbs={[
        <TextLink key="holds" inherit to="/o/$slug/holds" params={{ slug: org.slug }}>
          Holds
        </TextLink>,
      ]}
      actions={
        found && !found.endedAt && may('holds.end') && <Button onClick={() => setEnding(true)}>End the hold</Button>
      }
    >
      {hold.isPending && <LoadingRows />}
      <ErrorPanel error={hold.error} retry={() => void hold.refetch()} />
      {found && (
        <>
          <Figures hold={found} />
          {found.missed > 0 && <MissedPosts hold={found} />}
          {found.underWay > 0 && (
            <Section title="Under way" description="These were being sent when it began, which nothing can stop.">
              <HeldTable holdId={found.id} kind="under-way" />
            </Section>
          )}
          <Section title="What it stopped" description="By their planned times, also those that came under it later.">
            <HeldTable holdId={found.id} kind="stopped" />
          </Section>
          <EndHoldDialog hold={found} opened={ending} close={() => setEnding(false)} />
        </>
      )}
    </AppPage>
  )
}

function Story({ hold }: { hold: Hold }) {
  return (
    <>
      “{hold.reason}” – begun by {hold.begunBy ? hold.begunBy.name || 'a former member' : 'Longrun'}{' '}
      <TimeText at={hold.begunAt} relative />
      {hold.endedAt ? (
        <>
          , ended {hold.endedBy ? `by ${hold.endedBy.name || 'a former member'} ` : 'by its time '}
          <TimeText at={hold.endedAt} relative />.
        </>
      ) : hold.endsAt ? (
        <>
          , ends <TimeText at={hold.endsAt} zone={hold.endsZone} /> by itself.
        </>
      ) : (
        ', ends when somebody ends it.'
      )}
    </>
  )
}

function Figures({ hold }: { hold: Hold }) {
  const figures = [
    { what: 'Stopped', n: hold.stopped, means: 'posts on an account, in all' },
    { what: 'On hold now', n: hold.holding, means: 'go on when it ends' },
    { what: 'Under way', n: hold.underWay, means: 'were being sent already' },
    { what: 'Missed', n: hold.missed, means: 'wait for a decision' },
  ]
  return (
    <dl className="ho-facts">
      {figures.map(({ what, n, means }) => (
        <div className="lr-panel" key={what}>
          <dt>{what}</dt>
          <dd>
            {n.toLocaleString('en')}
            <small className="lr-dimmed">{means}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}
