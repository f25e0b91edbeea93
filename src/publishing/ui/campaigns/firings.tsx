// What crossing points did: when, why, with what outcome; what failed can be run again, what was handed over can be taken.

import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, client, type Output, paging, Refused, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { failureWords, outcomeWords } from './campaign-words.ts'

export type Firing = Output<typeof client.crossings.firings>['items'][number]

export function Firings({
  filter,
  empty,
}: {
  filter: { campaignId?: string; pointId?: string; open?: boolean }
  empty: string
}) {
  const org = useOrg()
  const firings = useInfiniteQuery(
    api.crossings.firings.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, limit: 20, ...filter, cursor }),
      ...paging,
      // What happens is noted and carried out within a minute; whoever waits for it sees it come.
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some(({ state }) => state === 'pending')) ? 2000 : 15_000,
    }),
  )
  const rows = allItems(firings.data)
  return (
    <>
      {firings.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={firings.error} retry={() => void firings.refetch()} />
      {rows?.length === 0 && <p className="cm-note">{empty}</p>}
      {rows && rows.length > 0 && (
        <ul className="cm-firings">
          {rows.map((firing) => (
            <FiringLine key={firing.id} firing={firing} withPoint={!filter.pointId} withCampaign={!filter.campaignId} />
          ))}
        </ul>
      )}
      <LoadMore list={firings} compact />
    </>
  )
}

interface FiringLineProps {
  firing: Firing
  withPoint: boolean
  withCampaign: boolean
}

function FiringLine({ firing, withPoint, withCampaign }: FiringLineProps) {
  const { slug } = useOrg()
  const { campaign, post, point, pointId, outcome, error, state } = firing
  return (
    <li>
      <div className="cm-firing-head">
        {state === 'failed' && <Badge tone="crimson">Failed</Badge>}
        {state === 'pending' && <Badge tone="slate">In hand</Badge>}
        {firing.rehearsal && <Badge>Rehearsal</Badge>}
        {withPoint && (
          <TextLink to="/o/$slug/campaigns/crossings/$pointId" params={{ slug, pointId }} c="inherit" fw={550}>
            {point}
          </TextLink>
        )}
        <span className="lr-dimmed">
          <TimeText at={firing.at} relative />
          {firing.firedBy && `, by ${firing.firedBy.name || 'a former member'}`}
        </span>
      </div>
      <p>
        {outcome ? outcomeWords(outcome) : error ? failureWords(error) : 'It is carried out within a minute.'}
        {outcome?.did === 'brief-made' && outcome.id && (
          <>
            {' · '}
            <TextLink inherit to="/o/$slug/briefs/$briefId" params={{ slug, briefId: outcome.id }}>
              Look at the brief
            </TextLink>
          </>
        )}
        {campaign && withCampaign && (
          <>
            {' · '}
            <TextLink inherit to="/o/$slug/campaigns/$campaignId" params={{ slug, campaignId: campaign.id }}>
              {campaign.name || 'its campaign'}
            </TextLink>
          </>
        )}
        {post && (
          <>
            {' · '}
            <TextLink inherit to="/o/$slug/posts/$postId" params={{ slug, postId: post.id }}>
              {post.summary || 'Its post'}
            </TextLink>
          </>
        )}
      </p>
      <FiringActions firing={firing} />
    </li>
  )
}

function FiringActions({ firing }: { firing: Firing }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [working, setWorking] = useState(false)
  const run = async (work: () => Promise<Firing>, done: string, failed: string) => {
    setWorking(true)
    try {
      const after = await work()
      if (after.state === 'failed') showProblem(new Refused({ code: after.error ?? 'failed' }), 'It failed again')
      else showDone(done)
    } catch (caught) {
      showProblem(caught, failed)
    }
    await refresh(queryClient, api.crossings, api.events)
    setWorking(false)
  }
  if (firing.state === 'failed' && may('crossings.fire'))
    return (
      <Button
        size="compact-sm"
        variant="default"
        loading={working}
        onClick={() =>
          void run(() => client.crossings.again({ org: org.id, id: firing.id }), 'Done', 'It was not run again')
        }
      >
        Run again
      </Button>
    )
  if (firing.outcome?.did !== 'handed-over') return null
  if (firing.takenAt)
    return (
      <p className="cm-note">
        Taken by {firing.takenBy?.name || 'a former member'} <TimeText at={firing.takenAt} relative />
      </p>
    )
  if (!may('crossings.take')) return <p className="cm-note">Nobody has taken it yet.</p>
  return (
    <Button
      size="compact-sm"
      variant="light"
      loading={working}
      onClick={() =>
        void run(() => client.crossings.take({ org: org.id, id: firing.id }), 'It is yours', 'You did not get it')
      }
    >
      I take it
    </Button>
  )
}
