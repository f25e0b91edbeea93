// Lets the encoder teach the fast path: posts without a sentiment label get shares from both together, and the fast path learns from them too.

import { existsSync } from 'node:fs'
import { blendShares } from '../../src/listening/text/accurate/blend.ts'
import { encoderFile, loadEncoder } from '../../src/listening/text/accurate/encoder.ts'
import { sharesOf } from '../../src/listening/text/classify.ts'
import type { Ground, Head } from './heads.ts'
import { scoreRow } from './learn.ts'
import type { Wish } from './targets.ts'

/** Posts of other years and topics than those with labels; every so many-th is enough. */
const schools: [string, number][] = [
  ['emoji-train', 2],
  ['offensive-train', 1],
  ['hate-train', 1],
  ['irony-train', 1],
  ['emotion-train', 1],
  ['events-train', 4],
]
/** Log-probabilities of both models are surer than they should be. */
const blend = { weight: 1, slope: 0.6, shifts: [0, 0, 0] }
const weight = 0.5

/** Empty where the encoder's file is missing. */
export async function teachSentiment({ examples, pool }: Ground, own: Head): Promise<Wish[]> {
  if (!existsSync(encoderFile)) return []
  const encoder = await loadEncoder()
  const scores = new Float64Array(3)
  return schools.map(([name, every]) => ({
    part: pool.parts[name]!,
    weight,
    label: (_, row) => {
      if (row % every !== 0) return null
      scoreRow({ model: own.model, examples, scores }, row)
      return blendShares(sharesOf(scores), encoder.run(pool.texts[row]!).subarray(0, 3), blend)
    },
  }))
}
