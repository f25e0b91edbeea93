// Which language the letters of words point to. `eld` is asked once for each word that comes again; a text is the sum of its words.

import { eld } from 'eld/medium'

/** What words say. Plain arrays: some ten thousand of them are held. */
export interface Letters {
  /** Runs of letters that `eld` looks up, equal ones counted as often as they occur. */
  runs: number
  /** Places in `languages`, each with its points behind it; of most languages a word says nothing. */
  points: number[]
}

const languages: string[] = Object.values(eld.info().Languages)
const places = new Map(languages.map((language, at) => [language, at]))

/** `eld` answers the mean of its points for a run as mean / (mean + scale). */
const scale = 25

/** Of words that are asked about together. */
export function lettersOf(...words: string[]): Letters {
  const runs = words.reduce((sum, word) => sum + runsOf(Buffer.byteLength(word)), 0)
  const points: number[] = []
  const shares = eld.detect(words.join(' ')).getScores()
  for (const language in shares) {
    const share = shares[language]!
    points.push(places.get(language)!, Math.round(((scale * share) / (1 - share)) * runs))
  }
  return { runs, points }
}

/** `eld` looks at four bytes of UTF-8, then at the four that begin three further on, to the end of the word. */
const runsOf = (bytes: number): number => 1 + Math.max(0, Math.ceil((bytes - 4) / 3))

const sums = new Uint32Array(languages.length)

/** The likeliest language of words together, and how likely another is beside it (1: as likely); null: their letters say nothing. */
export function likeliest(words: Letters[]): { language: string; besides(other: string): number } | null {
  sums.fill(0)
  let runs = 0
  for (const each of words) {
    runs += each.runs
    for (let at = 0; at < each.points.length; at += 2) sums[each.points[at]!]! += each.points[at + 1]!
  }
  let best = 0
  for (let at = 1; at < sums.length; at++) if (sums[at]! > sums[best]!) best = at
  const most = sums[best]!
  if (most === 0) return null
  const share = (points: number): number => points / (points + scale * runs)
  return {
    language: languages[best]!,
    besides: (other) => share(sums[places.get(other) ?? -1] ?? 0) / share(most),
  }
}
