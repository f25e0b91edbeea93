// On which texts each task is calibrated.

import type { Fitting } from './calibrate.ts'
import { languages } from './corpora.ts'
import { judgedEvents, keptReports, redditEmotion, reportsCrisis, tweetEmotion } from './heads.ts'
import type { Pool } from './pool.ts'

export function fittings({ parts }: Pool): Fitting[] {
  const rows = (name: string) => parts[name]!.rows
  const elsewhere = Object.keys(languages)
    .filter((code) => code !== 'en')
    .flatMap((code) => rows(`${code}-val`))
  const emotional = [
    ...rows('emotion-val').map(({ text, labels }) => ({ text, want: tweetEmotion(labels) })),
    ...rows('goemotions-val').map(({ text, labels }) => ({ text, want: redditEmotion(labels) })),
  ].flatMap(({ text, want }) => (want === null ? [] : [{ text, want }]))
  const classes = (task: string, from: { text: string; want: number }[]): Fitting => ({
    task,
    texts: from.map(({ text }) => text),
    wanted: from.map(({ want }) => want),
  })
  const yesNo = (task: string, from: { text: string; want: number[] | null }[]): Fitting => {
    const known = from.filter(({ want }) => want !== null)
    return { task, texts: known.map(({ text }) => text), wanted: known.map(({ want }) => want!) }
  }
  const labelled = (from: ReturnType<typeof rows>) =>
    from.map(({ text, labels }) => ({ text, want: Number(labels[0]) }))
  return [
    classes('sentiment', labelled(rows('sentiment-val'))),
    classes('sentiment-elsewhere', labelled(elsewhere)),
    classes('emotion', emotional),
    yesNo(
      'offensive',
      labelled(rows('offensive-val')).map(({ text, want }) => ({ text, want: [want] })),
    ),
    yesNo('crisis', [
      // Neither the events kept for judging nor the posts that they are judged against.
      ...rows('reports-train')
        .filter(({ labels }, at) => !judgedEvents.includes(labels[0]!) && at % keptReports === 0)
        .map(({ text, labels }) => ({ text, want: reportsCrisis(labels) })),
      ...rows('offensive-val').map(({ text }) => ({ text, want: [0] })),
    ]),
    yesNo('hinglish', [
      ...rows('hi-val').map(({ text }) => ({ text, want: [1] })),
      ...[...rows('sentiment-val'), ...rows('es-val'), ...rows('de-val')].map(({ text }) => ({ text, want: [0] })),
    ]),
  ]
}
