// Intents: which labels the texts of each part have, from people where there are any, else from rules.

import { intents } from '../../src/listening/text/types.ts'
import { type Ground, type Head, head, usual } from './heads.ts'
import type { Part } from './pool.ts'
import { makeTarget } from './targets.ts'
import { seenByRules } from './weak-labels.ts'

/** Support requests that tell of something gone wrong. */
const troubles =
  /not_recognised|not_updated|wrong|twice|declined|not_received|extra_charge|failed|pending|reverted|not_working|not_showing|blocked|lost|compromised|swallowed|unable/

/** For a text of a part: 0, 1, or NaN where neither people nor rules tell; by the name of the part. */
const labelled: Record<string, (labels: string[], rules: boolean[]) => number[]> = {
  sentiment: (labels, rules) => ofTweet(Number(labels[0]), rules),
  offensive: (_, rules) => withKnown(rules, { praise: Number.NaN, complaint: Number.NaN }),
  goemotions: (labels, rules) => {
    const said = labels[0]!.split(',')
    // Admiration and gratitude, as people labelled them.
    return withKnown(rules, { praise: said.includes('0') || said.includes('15') ? 1 : 0, complaint: Number.NaN })
  },
  emoji: (_, rules) => withKnown(rules, { praise: Number.NaN, complaint: Number.NaN }),
  support: (labels, rules) => withKnown(rules, { complaint: troubles.test(labels[0]!) ? 1 : 0, praise: 0 }),
  reports: (labels, rules) =>
    withKnown(rules, {
      // Reports of media are written as news is: they weigh only where a rule sees it too.
      press: rules[intents.indexOf('press')] ? 1 : labels[3] === 'Media' ? Number.NaN : 0,
      praise: Number.NaN,
      complaint: Number.NaN,
    }),
  made: (labels, rules) => withKnown(rules, { complaint: Number.NaN, praise: 0, [labels[0]!]: 1 }),
}

export const intentLabels = (part: string, labels: string[], text: string): number[] =>
  labelled[part]!(labels, seenByRules(text))

/** Every so many-th of the made sentences is kept for calibration. */
export const keptMade = 5

export function learnIntents(ground: Ground): Head {
  const { texts, parts } = ground.pool
  const wishes = ['sentiment', 'goemotions', 'emoji', 'support', 'reports', 'made'].map((name) => ({
    part: parts[`${name}-train`] as Part,
    label: (labels: string[], row: number) =>
      name === 'made' && row % keptMade === 0 ? null : intentLabels(name, labels, texts[row]!),
    weight: name === 'made' ? 3 : 1,
  }))
  const told = { name: 'intent', kind: 'each' as const, labels: intents, languages: ['en'] }
  const target = makeTarget('yes-no', intents.length, wishes)
  return head(ground, told, target, ['sentiment'], { ...usual, decay: 0.001, epochs: 5 })
}

const withKnown = (rules: boolean[], known: Partial<Record<string, number>>): number[] =>
  intents.map((intent, at) => known[intent] ?? (rules[at] ? 1 : 0))

/** A rule for complaints or praise counts where people labelled the mood that goes with it. */
function ofTweet(sentiment: number, rules: boolean[]): number[] {
  const [complains, praises] = [rules[intents.indexOf('complaint')], rules[intents.indexOf('praise')]]
  return withKnown(rules, {
    complaint: sentiment !== 0 ? 0 : complains ? 1 : Number.NaN,
    praise: sentiment !== 2 ? 0 : praises ? 1 : Number.NaN,
  })
}
