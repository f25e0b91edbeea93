// Alerts in words and in figures: the reason in one sentence, and how often alerts were false. Pure; pages read it too.

import { wilsonInterval } from '../../lib/stats/proportion.ts'
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
    return `More than usual for ${why.days} days in a row, now ${why.ratio.toFixed(1)} times the level of the weeks before.`
  }
  const { band } = why
  const range = band.low === band.high ? whole(band.low) : `${whole(band.low)} to ${whole(band.high)}`
  const when = why.weekday === null ? `at ${why.hour} o’clock` : `on a ${days[why.weekday]} at ${why.hour}`
  return `${whole(why.count)} mentions in ${whole(why.minutes)} minutes; ${range} are expected ${when}. ${odds(why.surprise)}`
}

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
