// How many posts a second of processor time can be understood in one thread, against JSON.parse of the same bytes in the same run.

import { type Classifier, classify } from '../../src/listening/text/classify.ts'
import { spokenLanguage } from '../../src/listening/text/function-words.ts'
import { languageOf } from '../../src/listening/text/language.ts'
import { makeReader, read } from '../../src/listening/text/read.ts'
import { score } from '../../src/listening/text/score.ts'

export interface Rates {
  /** Posts a second of processor time. */
  parse: number
  language: number
  /** Every column of the model: all tasks in one pass, without the language. */
  scores: number
  /** What a post goes through: all tasks, the language, probabilities. */
  whole: number
  posts: number
}

/** `wires` as they come from a source; each part is run over all of them, once to warm up and then as often as fits into `seconds`. */
export function rateClassifiers(
  classifier: Classifier,
  wires: string[],
  textOf: (wire: unknown) => string,
  seconds = 2,
): Rates {
  const texts = wires.map((wire) => textOf(JSON.parse(wire)))
  const reader = makeReader(classifier.scorer.table.lexicon, (form) => form)
  const rate = (each: (at: number) => unknown): number => rateOf(wires.length, each, seconds)
  return {
    parse: rate((at) => JSON.parse(wires[at]!)),
    language: rate((at) => {
      const reading = read(reader, texts[at]!)
      return languageOf(texts[at]!, {
        reading,
        spoken: spokenLanguage(reading.forms, reading.count),
        looksHinglish: false,
      })
    }),
    scores: rate((at) => score(classifier.scorer, texts[at]!)),
    whole: rate((at) => classify(classifier, texts[at]!)),
    posts: wires.length,
  }
}

function rateOf(count: number, each: (at: number) => unknown, seconds: number): number {
  for (let at = 0; at < count; at++) each(at)
  const began = process.cpuUsage()
  let done = 0
  let used = 0
  do {
    for (let at = 0; at < count; at++) each(at)
    done += count
    const { user, system } = process.cpuUsage(began)
    used = (user + system) / 1e6
  } while (used < seconds)
  return Math.round(done / used)
}
