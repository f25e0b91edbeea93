// The posts of a series in their order: made, still to be made, left out, each with what the clock does to it.

import { Button } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { StateBadge } from '../../../kit/state-badge.tsx'
import { wallText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { SeriesWhole } from './series-page.tsx'
import { troubleWords } from './trouble-words.ts'
import { useSeriesChange } from './use-series-change.ts'

type Occurrence = SeriesWhole['occurrences'][number]

const shownFirst = 15

export function Occurrences({ series }: { series: SeriesWhole }) {
  const [all, setAll] = useState(false)
  const { occurrences } = series
  if (occurrences.length === 0) return <p className="po-note">No post lies ahead.</p>
  const more = occurrences.length - shownFirst
  return (
    <>
      <ol className="se-list">
        {(all ? occurrences : occurrences.slice(0, shownFirst)).map((occurrence) => (
          <li key={occurrence.wall}>
            <span className="se-when">
              <TimeText at={occurrence.at} zone={series.zone} />
            </span>
            <What series={series} occurrence={occurrence} />
            <Skip series={series} occurrence={occurrence} />
          </li>
        ))}
      </ol>
      {!all && more > 0 && (
        <Button variant="default" onClick={() => setAll(true)}>
          Show {more} more
        </Button>
      )}
    </>
  )
}

function What({ series, occurrence }: { series: SeriesWhole; occurrence: Occurrence }) {
  const org = useOrg()
  const { postId, summary, state, detached, leftOut, movedTo, twice, wall, trouble } = occurrence
  return (
    <span className="se-what">
      {postId ? (
        <TextLink to="/o/$slug/posts/$postId" params={{ slug: org.slug, postId }} size="sm">
          {summary || 'A post without words'}
        </TextLink>
      ) : (
        <span className="lr-dimmed">{leftOut ? 'Left out' : series.state === 'running' ? 'Still to be made' : ''}</span>
      )}{' '}
      {state && <StateBadge state={state} />} {detached && <span className="lr-dimmed">Changed alone</span>}
      {movedTo && <div className="se-note">The clocks skip {wall.slice(11)} that day.</div>}
      {twice && <div className="se-note">The clocks show this time twice; the first is meant.</div>}
      {trouble && <div className="se-note">{troubleWords(trouble)}</div>}
    </span>
  )
}

const over = new Set([
  'published',
  'removed',
  'cancelled',
  'rejected',
  'sending',
  'processing',
  'looking-up',
  'unconfirmed',
])

function Skip({ series, occurrence }: { series: SeriesWhole; occurrence: Occurrence }) {
  const { id: org } = useOrg()
  const may = useMay()
  const change = useSeriesChange()
  const { wall, at, state, leftOut } = occurrence
  const lies = Date.parse(at) > Date.now() && !(state && over.has(state))
  if (!lies || series.state !== 'running' || !may(series.scheduled ? 'posts.schedule' : 'posts.write')) return null
  const input = { org, id: series.id, wall }
  const takeIn = () => change(() => client.series.takeIn(input), 'Taken in again')
  const leave = async () => {
    try {
      await change(() => client.series.leaveOut(input), 'Left out')
      showUndo('Left out of the series', takeIn)
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      aria-label={`${leftOut ? 'Take in' : 'Leave out'} ${wallText(wall)}`}
      onClick={() => void (leftOut ? takeIn().catch(showProblem) : leave())}
    >
      {leftOut ? 'Take in' : 'Leave out'}
    </Button>
  )
}
