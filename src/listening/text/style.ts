// How a text is written, in 38 numbers: ratings of its words under negation and stress, signs, capitals, pictures.

import * as trait from './forms.ts'
import type { Reading } from './read.ts'

export const styleCount = 38
/** The feature that sums up the ratings of all words, −1 to 1. */
export const ratingOfWords = 0

/** How far a word reaches back for what changes it. */
const reach = 3
const stress = 0.29
const capitals = 0.73
const underNegation = -0.74

/** Signed strength of the rated words at their places; 0 where nothing is rated. Written into `reading.strength`. */
function rate(reading: Reading, mixedCase: boolean): void {
  const { count, forms, strength } = reading
  for (let at = 0; at < count; at++) {
    const { valence, traits } = forms[at]!
    strength[at] = 0
    if (valence === 0) continue
    const sign = Math.sign(valence)
    let rated = valence
    if (mixedCase && traits & trait.shouts) rated += sign * capitals
    let turned = false
    for (let back = 1; back <= reach && at - back >= 0; back++) {
      const before = forms[at - back]!
      if (before.traits & trait.endsClause) break
      if (before.valence === 0) rated += sign * before.boost * stress * (1 - 0.05 * (back - 1))
      if (before.traits & trait.negates) turned = true
    }
    strength[at] = turned && (traits & trait.pictures) === 0 ? rated * underNegation : rated
  }
}

const squash = (sum: number): number => sum / Math.sqrt(sum * sum + 15)

/** Fills `reading.style`. */
export function measureStyle(reading: Reading): void {
  const { style } = reading
  style.fill(0)
  if (reading.count === 0) return
  const seen = countTraits(reading)
  rate(reading, seen.shouted > 0 && seen.shouted < seen.words)
  weighStrengths(reading, seen.exclaimed, seen.turn)
  style[23] = Math.log1p(seen.exclaimed)
  style[24] = Math.log1p(seen.asked)
  style[25] = Math.log1p(seen.trailed)
  style[26] = seen.words > 0 ? seen.shouted / seen.words : 0
  style[27] = Math.log1p(seen.stretched)
  style[28] = Math.log1p(seen.negators)
  style[29] = Math.log1p(seen.mentions)
  style[30] = Math.log1p(seen.hashtags)
  style[31] = seen.speakers > 0 ? 1 : 0
  style[32] = seen.numbers > 0 ? 1 : 0
  style[33] = Math.log1p(seen.words) / 3
  style[34] = seen.quotes > 0 ? 1 : 0
  style[35] = Math.log1p(seen.boosts)
  style[36] = seen.addressees > 0 ? 1 : 0
  style[37] = reading.forms[0]!.traits & trait.addresses ? 1 : 0
}

interface Seen {
  words: number
  shouted: number
  stretched: number
  negators: number
  exclaimed: number
  asked: number
  trailed: number
  mentions: number
  hashtags: number
  numbers: number
  quotes: number
  boosts: number
  speakers: number
  addressees: number
  /** Where a "but" stands last; −1: nowhere. */
  turn: number
}

function countTraits(reading: Reading): Seen {
  const { count, forms, start, end } = reading
  const seen: Seen = {
    ...{ words: 0, shouted: 0, stretched: 0, negators: 0, exclaimed: 0, asked: 0, trailed: 0, mentions: 0 },
    ...{ hashtags: 0, numbers: 0, quotes: 0, boosts: 0, speakers: 0, addressees: 0, turn: -1 },
  }
  for (let at = 0; at < count; at++) {
    const { traits, boost } = forms[at]!
    if (boost !== 0) seen.boosts++
    if (traits & trait.isWord) seen.words++
    if (traits & trait.shouts) seen.shouted++
    if (traits & trait.stretched) seen.stretched++
    if (traits & trait.negates) seen.negators++
    if (traits & trait.exclaims) seen.exclaimed += end[at]! - start[at]!
    if (traits & trait.asks) seen.asked += end[at]! - start[at]!
    if (traits & trait.trails) seen.trailed++
    if (traits & trait.addresses) seen.mentions++
    if (traits & trait.tags) seen.hashtags++
    if (traits & trait.counts) seen.numbers++
    if (traits & trait.quotes) seen.quotes++
    if (traits & trait.isSpeaker) seen.speakers++
    if (traits & trait.isAddressee) seen.addressees++
    if (traits & trait.turns) seen.turn = at
  }
  return seen
}

function weighStrengths(reading: Reading, exclaimed: number, turn: number): void {
  const { count, forms, negated, strength, style } = reading
  let sum = 0
  let before = 0
  let late = 0
  for (let at = 0; at < count; at++) {
    const rated = strength[at]!
    const { opinion, traits } = forms[at]!
    if (opinion !== 0) {
      const place = negated[at] ? 17 : 14
      style[opinion > 0 ? place : place + 1]! += 1
    }
    if (rated === 0) continue
    sum += turn < 0 ? rated : rated * (at < turn ? 0.5 : 1.5)
    if (at < turn) before += rated
    if (at * 2 >= count) late += rated
    if (traits & trait.pictures) style[rated > 0 ? 19 : 20]! += Math.abs(rated)
    style[rated > 0 ? 3 : 4]! += Math.abs(rated)
    style[rated > 0 ? 7 : 8]! += 1
    const most = rated > 0 ? 5 : 6
    style[most] = Math.max(style[most]!, Math.abs(rated) / 4)
    style[12] = rated / 4
  }
  if (sum !== 0) sum += Math.sign(sum) * Math.min(exclaimed, 4) * stress
  const whole = squash(sum)
  const [good, bad] = [style[14]!, style[15]!]
  style[0] = whole
  style[1] = Math.max(whole, 0)
  style[2] = Math.max(-whole, 0)
  style[9] = style[7]! + style[8]! === 0 ? 1 : 0
  style[10] = squash(before)
  style[11] = squash(late)
  style[13] = turn < 0 ? 0 : squash(sum - before * 0.5)
  style[16] = (good - bad) / (good + bad + 1)
  style[21] = style[19]! > 0 ? 1 : 0
  style[22] = style[20]! > 0 ? 1 : 0
  for (const at of [3, 4, 7, 8, 14, 15, 17, 18, 19, 20]) style[at] = Math.log1p(style[at]!)
}
