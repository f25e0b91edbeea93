// Alerts in words and in figures: the reason in one sentence, and how often alerts were false. Pure; pages read it too.

import { wilsonInterval } from '../../lib/stats/proportion.ts'
import type { Novelty } from '../spikes/novelty.ts'
import type { Reach } from '../spikes/reach.ts'
import type { Severity } from '../spikes/severity.ts'
import type { AlertKind, Why } from '../spikes/types.ts'
import type { Answer } from './types.ts'

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const percent = (share: number): string => `${Math.round(share * 100)} %`

/** “412 mentions in 30 minutes; 60 to 95 are expected on a Tuesday at 10. …” */
export function whySentence(why: Why): string {
  if (why.code === 'negative-share') {
    return (
      `${percent(why.negative / why.judged)} of ${whole(why.judged)} mentions in ${whole(why.minutes)} minutes are negative; ` +
      `usually it is ${percent(why.usual)}. That it rose by ten points or more is ${likely(why.probability)}.`
    )
  }
  if (why.code === 'slow-rise') {
    if (why.over === 'back') return 'What is said is back at the level before the rise.'
    if (why.over === 'learnt') {
      return `The higher level, ${why.ratio.toFixed(1)} times the one before the rise, has held: by now it is the usual one.`
    }
    return `More than usual for ${why.days} days in a row, now ${why.ratio.toFixed(1)} times the level of the weeks before.`
  }
  const { band } = why
  const range = band.low === band.high ? whole(band.low) : `${whole(band.low)} to ${whole(band.high)}`
  const when = why.weekday === null ? `at ${why.hour} o’clock` : `on a ${days[why.weekday]} at ${why.hour}`
  return `${whole(why.count)} mentions in ${whole(why.minutes)} minutes; ${range} are expected ${when}${after(why.mood)}. ${odds(why.surprise)}`
}

/** Nobody is called for what was planned, as long as it is neither anger nor so grave that somebody has to act at once. */
export const isSilent = (alert: { planned: boolean; kind: AlertKind; severity: Severity }): boolean =>
  alert.planned && alert.kind !== 'potential-issue' && alert.severity !== 'act-now'

/** Who speaks and with which words, in sentences; empty where nothing is known of it. */
export function heardSentence({ reach, novelty }: { reach?: Reach | null; novelty?: Novelty | null }): string {
  return [reach ? reachSentence(reach) : '', novelty ? noveltySentence(novelty) : ''].filter(Boolean).join(' ')
}

function reachSentence({ unit, authors, now, usual, cap }: Reach): string {
  const people = authors === 1 ? 'Its one author' : `Its ${whole(authors)} authors`
  const times = (now + 1) / (usual + 1)
  const much =
    times < 1.5
      ? 'no farther than usual'
      : `about ${times < 10 ? times.toFixed(1) : whole(times)} times as far as usual`
  const rule =
    unit === 'followers' ? `; nobody counts for more than ${whole(cap)} followers` : ', by how often it is passed on'
  return `${people} carry it ${much}${rule}.`
}

function noveltySentence({ share, words }: Novelty): string {
  if (words.length === 0) return 'Its words are those of the weeks before.'
  return `${percent(share)} of its telling words are new to the topic: ${words.join(', ')}.`
}

/** Less is not worth a word. */
const lively = 1.15
const after = (mood = 1): string => (mood < lively ? '' : `, after an hour with ${mood.toFixed(1)} times the usual`)

/** Beyond a million nobody tells numbers apart, and no model is that sure. */
function odds(surprise: number): string {
  if (surprise >= 6) return 'By chance such a surplus happens less than once in a million such windows.'
  return `By chance such a surplus happens about once in ${whole(10 ** Math.round(surprise))} such windows.`
}

const likely = (probability: number): string =>
  probability > 0.995 ? 'more than 99 % likely' : `${Math.round(probability * 100)} % likely`

export const kindWords: Record<AlertKind, string> = {
  opportunity: 'opportunity',
  'potential-issue': 'potential issue',
  unclear: 'too few were judged to tell anger from interest',
}

export interface FalseRate {
  answered: number
  false: number
  /** null: nothing was answered. */
  rate: number | null
  low: number
  high: number
}

/** Of alerts that were answered; what was planned is neither right nor wrong. */
export function falseRate(given: readonly Answer[]): FalseRate {
  const judged = given.filter((answer) => answer !== 'planned')
  const wrong = judged.filter((answer) => answer === 'false').length
  const { share, low, high } = wilsonInterval(wrong, judged.length)
  return { answered: judged.length, false: wrong, rate: judged.length === 0 ? null : share, low, high }
}
