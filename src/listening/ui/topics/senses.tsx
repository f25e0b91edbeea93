// Says which words of a query may bring what is not meant, by what the sample shows of them.

import type { client, Output } from '../../../kit/api.ts'

type Sense = Output<typeof client.topics.try>['senses'][number]

export function Senses({ senses, sampled }: { senses: Sense[]; sampled: number }) {
  if (senses.length === 0) return null
  return (
    <ul className="li-hints" aria-label="Words with several senses">
      {senses.slice(0, 4).map((each) => (
        <li key={each.word}>{sentence(each, sampled)}</li>
      ))}
    </ul>
  )
}

function sentence({ word, sense, withWord, withContext }: Sense, sampled: number): string {
  const shown = `${word} stands in ${withWord.toLocaleString()} of ${sampled.toLocaleString()}`
  return sense === 'common'
    ? `${shown}: an everyday word. Ask for another word beside it, with AND or NEAR.`
    : `${shown}, with anything else of the topic in ${withContext.toLocaleString()}: it may have another sense. Ask for another word near it.`
}
