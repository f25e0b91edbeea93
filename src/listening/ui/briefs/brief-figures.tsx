// The figures of a brief as blocks that say when they were made.

import { Anchor } from '@mantine/core'
import type { client, Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { timeIn } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { labelWord } from '../listen-words.ts'
import { changeText } from '../overview/periods.ts'
import type { Brief } from './brief-page.tsx'

type Figures = Output<typeof client.listeningBriefs.read>['figures']

export function BriefFigures({ brief }: { brief: Brief }) {
  const { figures, figuresAt, zone } = brief
  return (
    <>
      <p className="lr-dimmed">
        Figures made <TimeText at={figuresAt} />. Days as in {zone}.
      </p>
      <TopicFigures topics={figures.topics} />
      <SharedMost shared={figures.shared} />
      <Alerts alerts={figures.alerts} />
      <Missing figures={figures} zone={zone} />
    </>
  )
}

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`

function TopicFigures({ topics }: { topics: Figures['topics'] }) {
  const most = Math.max(1, ...topics.flatMap(({ total, before }) => [total, before]))
  if (topics.length === 0) return null
  return (
    <Section title="How much was said" description="That week, and paler in the week before, on one scale.">
      <ul className="li-beside">
        {topics.map(({ topicId, name, total, before, share, negative, judged }) => {
          const change = changeText(total, before)
          return (
            <li key={topicId}>
              <strong>{name}</strong>
              <div className="li-beside-bars" aria-hidden>
                <span style={{ width: `${(100 * total) / most}%` }} />
                <span data-before style={{ width: `${(100 * before) / most}%` }} />
              </div>
              <span className="lr-dimmed">
                {total.toLocaleString()} {total === 1 ? 'mention' : 'mentions'}, {before.toLocaleString()} before
                {change && ` (${change})`}
                {share !== null && ` · ${percent(share, 1)} share of voice`}
                {judged > 0 && ` · ${percent(negative, judged)} of ${judged.toLocaleString()} judged negative`}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function SharedMost({ shared }: { shared: Figures['shared'] }) {
  if (shared.length === 0) return null
  return (
    <Section title="Shared most">
      <ul className="li-list">
        {shared.map(({ mentionId, shares, text, author, url }) => (
          <li key={mentionId} className="li-match">
            <div className="li-from">
              <strong>{author ?? 'Somebody'}</strong>
              <span>shared {shares === 1 ? 'once' : `${shares.toLocaleString()} times`}</span>
              {url && (
                <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit c="inherit">
                  Open it
                </Anchor>
              )}
            </div>
            <p dir="auto">{text ?? 'It was taken back, or is not kept any longer.'}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Alerts({ alerts }: { alerts: Figures['alerts'] }) {
  const { slug } = useOrg()
  if (alerts.length === 0) return null
  return (
    <Section title="Alerts">
      <ul className="li-list">
        {alerts.map(({ id, topic, sentence, answer, note }) => (
          <li key={id} className="li-match">
            <div className="li-labels">
              <TextLink to="/o/$slug/listen/alerts/$alertId" params={{ slug, alertId: id }}>
                {topic}
              </TextLink>
              <Badge tone={answer === 'real' ? 'crimson' : 'quiet'}>
                {answer ? `Answered: ${labelWord(answer)}` : 'Not answered'}
              </Badge>
            </div>
            <p>
              {sentence} {note}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Missing({ figures: { gaps, silent }, zone }: { figures: Figures; zone: string }) {
  const time = (at: string | null) => (at === null ? 'unknown' : timeIn(new Date(at), zone, 'moment', new Date()))
  return (
    <Section title="What is known to be missing">
      {gaps.length + silent.length === 0 ? (
        <p className="lr-dimmed">Nothing.</p>
      ) : (
        <ul className="li-hints">
          {gaps.map(({ source, from, to }) => (
            <li key={`${source} ${from} ${to}`}>
              {source}: {time(from)} to {time(to)}
            </li>
          ))}
          {silent.map((source) => (
            <li key={source}>{source}: gave no sign of life when the figures were made</li>
          ))}
        </ul>
      )}
    </Section>
  )
}
