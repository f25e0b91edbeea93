// The live test: what the query would have brought in the last days, why each of it matched, and what to leave out.

import { Button, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { proposeExclusions, withoutItems, writeItem } from '../../topics/language/noise/rules.ts'
import { makeHighlighter, writeQuery } from '../../topics/language/rules.ts'
import type { Query } from '../../topics/language/types.ts'
import { useNetworkName } from '../use-network-name.ts'
import { Highlighted } from './highlighted.tsx'
import { Senses } from './senses.tsx'
import { WhyNot } from './why-not.tsx'

type Tried = Output<typeof client.topics.try>
type Match = Tried['matches'][number]

interface Props {
  query: Query
  /** The normal form of `query`, after a pause in typing. */
  text: string
  change: (text: string) => void
}

export function TryPanel({ query, text, change }: Props) {
  const org = useOrg()
  const [days, setDays] = useState('3')
  const tried = useQuery(
    api.topics.try.queryOptions({
      input: { org: org.id, query: text, days: Number(days) },
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  )
  return (
    <section className="li-try" aria-label="Live test">
      <div className="li-try-head">
        <h2>What it would have brought</h2>
        <Select
          aria-label="Days"
          size="xs"
          allowDeselect={false}
          data={['1', '3', '7'].map((value) => ({ value, label: value === '1' ? 'Last day' : `Last ${value} days` }))}
          value={days}
          onChange={(next) => next && setDays(next)}
        />
      </div>
      {tried.isPending && <LoadingRows />}
      <ErrorPanel error={tried.error} retry={() => void tried.refetch()} />
      {tried.data && <Outcome tried={tried.data} />}
      {tried.data && <Senses senses={tried.data.senses} sampled={tried.data.sampled} />}
      <WhyNot query={query} />
      {tried.data && tried.data.matches.length > 0 && (
        <Matches matches={tried.data.matches} query={query} change={change} />
      )}
    </section>
  )
}

function Outcome({ tried: { sampled, matched, perDay, perDayLow, perDayHigh, since } }: { tried: Tried }) {
  if (sampled === 0)
    return (
      <p className="lr-dimmed">
        The sources have brought nothing yet that could be tried. Save the topic; it listens from now on.
      </p>
    )
  const round = (value: number | null) => (value === null ? '–' : Math.round(value).toLocaleString())
  return (
    <p aria-live="polite">
      <strong>
        {matched.toLocaleString()} of {sampled.toLocaleString()}
      </strong>{' '}
      looked at since <TimeText at={since} /> match
      {perDay !== null && (
        <>
          : about <strong>{round(perDay)} a day</strong>{' '}
          <span className="lr-dimmed">
            (95 % range {round(perDayLow)} to {round(perDayHigh)})
          </span>
        </>
      )}
      .{matched === 0 && ' Nothing wrong with that for a rare name; otherwise look for other spellings.'}
    </p>
  )
}

function Matches({ matches, query, change }: { matches: Match[]; query: Query; change: (text: string) => void }) {
  const highlight = useMemo(() => makeHighlighter(query), [query])
  const networkName = useNetworkName()
  const [noise, setNoise] = useState<ReadonlySet<string>>(new Set())
  // What the query passes over by now needs no word any more.
  const stillThere = useMemo(() => new Set(matches.map(keyOf).filter((key) => noise.has(key))), [matches, noise])
  const toggle = (key: string) => {
    const next = new Set(noise)
    if (!next.delete(key)) next.add(key)
    setNoise(next)
  }
  return (
    <>
      <Proposals matches={matches} noise={stillThere} query={query} change={change} />
      <ul className="li-list" aria-label="Matches">
        {matches.map((match) => {
          const spans = highlight(match)
          const key = keyOf(match)
          return (
            <li key={key} className="li-match" data-noise={noise.has(key)}>
              <div className="li-from">
                <strong>{match.author ?? 'Somebody'}</strong>
                <span>{networkName(match.network)}</span>
                <TimeText at={match.at} relative />
              </div>
              {match.title && (
                <h3 dir="auto">
                  <Highlighted text={match.title} spans={spans} part="title" />
                </h3>
              )}
              <p dir="auto">
                <Highlighted text={match.text} spans={spans} part="text" />
              </p>
              <Button
                variant="subtle"
                size="compact-xs"
                color="gray"
                aria-pressed={noise.has(key)}
                onClick={() => toggle(key)}
              >
                {noise.has(key) ? 'It is meant after all' : 'This is noise'}
              </Button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

const keyOf = ({ url, at, text }: Match): string => url ?? `${at} ${text}`

interface ProposalsProps {
  matches: Match[]
  noise: ReadonlySet<string>
  query: Query
  change: (text: string) => void
}

/** What tells the noise from the rest, with what leaving it out would cost. */
function Proposals({ matches, noise, query, change }: ProposalsProps) {
  const found = useMemo(() => {
    const texts = (isNoise: boolean) =>
      matches.filter((match) => noise.has(keyOf(match)) === isNoise).map(({ title, text }) => `${title ?? ''}\n${text}`)
    return noise.size < 2 ? [] : proposeExclusions(query, { noise: texts(true), meant: texts(false) })
  }, [matches, noise, query])
  if (noise.size === 0)
    return <p className="lr-dimmed">Mark what is not meant; Longrun says which words tell it apart.</p>
  return (
    <div className="li-proposals" aria-live="polite">
      {found.length === 0 ? (
        <p className="lr-dimmed">{noise.size} marked. Mark some more: nothing tells them apart yet.</p>
      ) : (
        <>
          <p>
            What the {noise.size} marked ones say and the others hardly do
            {found.some(({ sure }) => sure) ? ':' : ', as far as so few can show:'}
          </p>
          {found.slice(0, 6).map(({ item, noise: gone, lost }) => (
            <Button
              key={item}
              variant="default"
              size="compact-sm"
              onClick={() => change(writeQuery(withoutItems(query, [item])))}
            >
              NOT {writeItem(item)} · {gone} of {noise.size} gone, {lost} meant lost
            </Button>
          ))}
        </>
      )}
    </div>
  )
}
