// Judges a table on texts that it was not trained on, through the product's own function, and puts the figures into lines.

import type { Hints } from '../../src/listening/text/classify.ts'
import { emotions, intents, sentiments, type Understanding } from '../../src/listening/text/types.ts'
import { type Language, languages } from './corpora.ts'
import { calibrationError, f1OfYes, inWords, type Judged, macroF1, macroRecall, measure } from './figures.ts'
import { judgedEvents, redditEmotion, reportsCrisis, tweetEmotion } from './heads.ts'
import type { Part, Pool } from './pool.ts'

export interface Line {
  what: string
  figure: string
  value: number
  words: string
  n: number
  /** Expected calibration error; null: not of this task. */
  calibration: number | null
}

interface Case {
  said: Understanding
  labels: string[]
}

export type Understand = (text: string, hints: Hints) => Understanding

export function evaluate(understand: Understand, { parts }: Pool): Line[] {
  const casesOf = (part: Part, hints = {}): Case[] =>
    part.rows.map(({ text, labels }) => ({ said: understand(text, hints), labels }))
  const stated = (code: string): object => ({ languages: [code] })
  const lines = [
    sentimentLine(
      'Sentiment, English posts',
      casesOf(parts['sentiment-val']!),
      ({ labels }) => Number(labels[0]),
      macroRecall,
    ),
    sentimentLine(
      'Sentiment, our posts about brands',
      casesOf(parts['brands-val']!),
      ({ labels }) => sentiments.indexOf(labels[0] as 'neutral'),
      macroRecall,
    ),
    sentimentLine(
      'Sentiment, forum comments (moods read as sentiment)',
      casesOf(parts['goemotions-val']!),
      redditSentiment,
      macroRecall,
    ),
    ...languageLines((code) => casesOf(parts[`${code}-val`]!, stated(code))),
    ...languageFound((code) => casesOf(parts[`${code}-val`]!)),
  ]
  lines.push(...emotionLines(casesOf(parts['emotion-val']!), casesOf(parts['goemotions-val']!)))
  lines.push(
    yesLine('Offensive', casesOf(parts['offensive-val']!), {
      want: ({ labels }) => Number(labels[0]),
      answer: ({ offensive }) => offensive,
    }),
  )
  lines.push(...crisisLines(parts, casesOf))
  lines.push(...intentLines(casesOf(parts['brands-val']!)))
  lines.push(
    yesLine('Intent praise, forum comments (admiration or gratitude)', casesOf(parts['goemotions-val']!), {
      want: admires,
      answer: ({ intents: said }) => said?.praise ?? null,
      figure: f1OfYes,
    }),
  )
  return lines
}

function lineOf(what: string, figure: string, measured: ReturnType<typeof measure>, calibration: number | null): Line {
  return { what, figure, value: measured.value, words: inWords(measured), n: measured.n, calibration }
}

function sentimentLine(what: string, cases: Case[], want: (each: Case) => number, figure: typeof macroF1): Line {
  const known = cases.map((each) => ({ ...each, want: want(each) })).filter((each) => each.want >= 0)
  const judged: Judged = {
    wanted: known.map((each) => each.want),
    said: known.map(({ said }) => sentiments.indexOf(said.sentiment.label)),
    classes: 3,
  }
  const error = calibrationError(
    known.map(({ said }) => said.sentiment.probability),
    known.map((each, at) => (judged.said[at] === each.want ? 1 : 0)),
  )
  return lineOf(what, figure === macroF1 ? 'macro F1' : 'macro recall', measure(judged, figure), error)
}

const bad = new Set([2, 3, 9, 10, 11, 12, 14, 16, 19, 24, 25])
const good = new Set([0, 1, 4, 5, 8, 13, 15, 17, 18, 20, 21, 23])

/** GoEmotions' own grouping of its emotions; comments with both or with unclear ones are left out. */
function redditSentiment({ labels }: Case): number {
  const said = labels[0]!.split(',').map(Number)
  const [isGood, isBad] = [said.some((each) => good.has(each)), said.some((each) => bad.has(each))]
  if (isGood && isBad) return -1
  return isGood ? 2 : isBad ? 0 : said.includes(27) ? 1 : -1
}

function languageLines(casesOf: (code: Language) => Case[]): Line[] {
  const codes = Object.keys(languages) as Language[]
  const lines = codes.map((code) =>
    sentimentLine(`Sentiment, ${languages[code]}`, casesOf(code), ({ labels }) => Number(labels[0]), macroF1),
  )
  const mean = lines.reduce((sum, { value }) => sum + value, 0) / lines.length
  return [
    ...lines,
    {
      what: 'Sentiment, mean of the eight',
      figure: 'macro F1',
      value: mean,
      words: mean.toFixed(3),
      n: 8,
      calibration: null,
    },
  ]
}

function languageFound(casesOf: (code: Language) => Case[]): Line[] {
  const codes = Object.keys(languages) as Language[]
  return codes.map((code) => {
    const right = casesOf(code).map(({ said }) => (said.language === (code === 'hi' ? 'hi-Latn' : code) ? 1 : 0))
    const judged: Judged = { wanted: right.map(() => 1), said: right, classes: 2 }
    const share = measure(judged, (table) => table[3]! / (table[2]! + table[3]!))
    return lineOf(`Language found, ${languages[code]}${code === 'hi' ? ' in Latin letters' : ''}`, 'share', share, null)
  })
}

function emotionLines(tweets: Case[], comments: Case[]): Line[] {
  const line = (what: string, cases: Case[], want: (labels: string[]) => number | null): Line => {
    const known = cases.flatMap(({ said, labels }) => {
      const wanted = want(labels)
      return wanted === null || said.emotion === null ? [] : [{ wanted, said: said.emotion }]
    })
    const present = new Set(known.map(({ wanted }) => wanted))
    const judged: Judged = {
      wanted: known.map(({ wanted }) => wanted),
      said: known.map(({ said }) => emotions.indexOf(said.label)),
      classes: emotions.length,
    }
    const figure: typeof macroF1 = (table, classes) => (macroF1(table, classes) * classes) / present.size
    const error = calibrationError(
      known.map(({ said }) => said.probability),
      known.map((each, at) => (judged.said[at] === each.wanted ? 1 : 0)),
    )
    return lineOf(what, 'macro F1', measure(judged, figure), error)
  }
  return [
    line('Emotion, English posts (four of the seven occur)', tweets, tweetEmotion),
    line('Emotion, forum comments', comments, redditEmotion),
  ]
}

interface YesNo {
  /** 0 or 1; below: not known. */
  want: (each: Case) => number
  answer: (said: Understanding) => { is: boolean; probability: number } | null
  figure?: typeof macroF1
}

function yesLine(what: string, cases: Case[], { want, answer, figure = macroF1 }: YesNo): Line {
  const known = cases.flatMap((each) => {
    const [wanted, said] = [want(each), answer(each.said)]
    return wanted < 0 ? [] : [{ wanted, said: said?.is ? 1 : 0, probability: said?.probability ?? 0 }]
  })
  const judged: Judged = { wanted: known.map((each) => each.wanted), said: known.map((each) => each.said), classes: 2 }
  const error = calibrationError(
    known.map(({ probability }) => probability),
    judged.wanted,
  )
  return lineOf(what, figure === macroF1 ? 'macro F1' : 'F1 of yes', measure(judged, figure), error)
}

const admires = ({ labels }: Case): number =>
  labels[0]!.split(',').some((each) => each === '0' || each === '15') ? 1 : 0

function intentLines(cases: Case[]): Line[] {
  return intents.map((intent) =>
    yesLine(`Intent ${intent}, our posts about brands`, cases, {
      want: ({ labels }) => (labels[1]!.split(',').includes(intent) ? 1 : 0),
      answer: ({ intents: said }) => said?.[intent] ?? null,
      figure: f1OfYes,
    }),
  )
}

function crisisLines(parts: Pool['parts'], casesOf: (part: Part) => Case[]): Line[] {
  const unseen = (name: string): Case[] => {
    const part = parts[name]!
    return casesOf({ ...part, rows: part.rows.filter(({ labels }) => judgedEvents.includes(labels[0]!)) })
  }
  const everyday = casesOf(parts['sentiment-val']!).map((each) => ({ ...each, labels: ['', 'Not related'] }))
  const crisis = ({ crisis: said }: Understanding) => said
  return [
    yesLine('Crisis, an event not trained on, against other posts of the same days', unseen('events-train'), {
      want: ({ labels }) => (labels[1] === 'on-topic' ? 1 : 0),
      answer: crisis,
    }),
    yesLine(
      'Crisis, reports of three events not trained on, against everyday posts',
      [...unseen('reports-train'), ...everyday],
      { want: ({ labels }) => reportsCrisis(labels)?.[0] ?? -1, answer: crisis },
    ),
  ]
}
