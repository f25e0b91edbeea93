// Words, links, languages, places and people of a topic, by the newest of its mentions; each leads to those behind it.

import type { client, Output } from '../../../kit/api.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { languageWord } from '../listen-words.ts'
import type { Period } from '../overview/periods.ts'
import { type Bar, Bars } from './bars.tsx'

type About = Output<typeof client.listeningDashboard.topic>

interface Props {
  about: About
  topicId: string
  /** End of the period. */
  to: string
  period: Period
  /** All of the period; null: not known yet. */
  total: number | null
}

export function WhatGoesWithIt({ about, topicId, to, period, total }: Props) {
  const { looked, words, newWords, links, languages, places, authors } = about
  // Exactly what was looked at stands behind each bar, and no more has to be gone through.
  const behind = { topic: topicId, from: looked.since!, to }
  const wordBars = (found: NonNullable<About['words']>): Bar[] =>
    found.map(({ word, count }) => ({ key: word, label: word, count, search: { ...behind, q: word } }))
  const little = 'Too little else was heard to compare with.'
  return (
    <>
      <p className="lr-dimmed">
        {looked.complete
          ? `Of all ${looked.count.toLocaleString()} mentions`
          : `Of the newest ${looked.count.toLocaleString()}${total !== null && total > looked.count ? ` of ${total.toLocaleString()}` : ''} mentions, since `}
        {!looked.complete && <TimeText at={looked.since} />}:
      </p>
      <div className="li-parts">
        <Bars
          title="Words that go with it"
          description="Said here more often than in what else was heard, hardly by chance; by the newest 100."
          rows={wordBars(words ?? [])}
          none={words ? 'No word stands out.' : little}
        />
        <Bars
          title="New words"
          description={`Said more often than in ${period.before}.`}
          rows={wordBars(newWords ?? [])}
          none={newWords ? 'No word is new.' : `Too little was said in ${period.before} to compare with.`}
        />
        <Bars
          title="Who speaks most"
          rows={authors.map(({ id, name, count }) => ({
            ...{ key: id, label: name || 'Without a name', count },
            search: { ...behind, author: id },
          }))}
          none="Nobody is named."
        />
        <Bars
          title="Where they point"
          rows={links.map(({ name, count }) => ({
            ...{ key: name, label: name.replace(/^https?:\/\/(?:www\.)?/u, ''), count },
            search: { ...behind, link: name },
          }))}
          none="Nobody points anywhere."
        />
        <Bars
          title="Languages"
          rows={languages.map(({ name, count }) => ({
            ...{ key: name, label: languageWord(name), count },
            search: { ...behind, language: name },
          }))}
          none="None was told."
        />
        <Bars
          title="Places"
          rows={(places ?? []).map(({ name, count }) => ({
            ...{ key: name, label: name, count },
            search: { ...behind, place: name },
          }))}
          none="None of these networks says where somebody speaks."
        />
      </div>
    </>
  )
}
