// How what they said was meant, over the conversation: a small drawing with the same as text, or a sentence where there is little.

import { VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { timeIn } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { isJudged, type Judged, leastDrawn, type Mood, moodLabel, moodSentence } from './mood-words.ts'
import './moods.css'

export function MoodCard({ conversationId }: { conversationId: string }) {
  const org = useOrg()
  const found = useQuery(api.conversations.moods.queryOptions({ input: { org: org.id, id: conversationId } }))
  const moods = found.data
  if (moods?.length === 0) return null
  return (
    <Section title="Mood">
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {moods && moods.filter(isJudged).length >= leastDrawn && <MoodPlot moods={moods} />}
      {moods && <p className="ib-facts">{moodSentence(moods)}</p>}
    </Section>
  )
}

/** In units of the drawing, which is as wide as its pane. */
const size = { width: 248, height: 72, left: 58, right: 8, top: 10, bottom: 10 }
const heightOf = (sentiment: -1 | 0 | 1): number =>
  size.top + ((1 - sentiment) / 2) * (size.height - size.top - size.bottom)

interface Dot extends Judged {
  x: number
  y: number
}

/** What was not judged is a gap. */
function runsOf(moods: readonly Mood[]): Dot[][] {
  const step = (size.width - size.left - size.right) / Math.max(1, moods.length - 1)
  const runs: Dot[][] = [[]]
  for (const [at, mood] of moods.entries()) {
    if (isJudged(mood)) runs.at(-1)!.push({ ...mood, x: size.left + at * step, y: heightOf(mood.sentiment) })
    else runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}

const levels = [1, 0, -1] as const

function MoodPlot({ moods }: { moods: readonly Mood[] }) {
  const zone = useZone()
  const runs = runsOf(moods)
  const radius = moods.length > 60 ? 2 : 3.5
  return (
    <figure className="ib-moods" aria-label="Mood of what they said, message by message">
      <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden>
        {levels.map((level) => (
          <g key={level}>
            <text x={0} y={heightOf(level)} dominantBaseline="middle" className="ib-moods-label">
              {moodLabel(level)}
            </text>
            <line x1={size.left} x2={size.width} y1={heightOf(level)} y2={heightOf(level)} className="ib-moods-level" />
          </g>
        ))}
        {runs.map((run) => (
          <polyline
            key={run[0]!.messageId}
            className="ib-moods-line"
            points={run.map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        ))}
        {runs.flat().map(({ messageId, at, sentiment, x, y }) => (
          <circle key={messageId} cx={x} cy={y} r={radius} className="ib-moods-dot" data-mood={sentiment}>
            <title>{`${moodLabel(sentiment)}, ${timeIn(new Date(at), zone, 'moment', new Date())}`}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="ib-moods-ends">
        <TimeText at={moods[0]!.at} />
        <TimeText at={moods.at(-1)!.at} />
      </figcaption>
      <VisuallyHidden>
        <ol aria-label="Moods">
          {moods.map(({ messageId, at, sentiment }) => (
            <li key={messageId}>
              {timeIn(new Date(at), zone, 'moment', new Date())}:{' '}
              {sentiment === null ? 'not judged' : moodLabel(sentiment)}
            </li>
          ))}
        </ol>
      </VisuallyHidden>
    </figure>
  )
}
