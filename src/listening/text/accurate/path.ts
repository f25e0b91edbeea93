// The accurate path: a second look by the encoder, in a thread of its own, given up while memory is short.

import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { balance, byShares, type Classifier, classify, type Hints } from '../classify.ts'
import { intentsOf } from '../intents.ts'
import { makeTokens, scan } from '../scan.ts'
import { type Emotion, emotions, type Sentiment, sentiments, type Understanding, undetermined } from '../types.ts'
import { blendShares } from './blend.ts'
import { type EncoderHead, encoderFile, readEncoderFile } from './encoder.ts'
import type { Answered, Asked } from './worker.ts'

export interface Health {
  state: 'ready' | 'idle' | 'off'
  /** Why it is off. */
  reason: 'memory-short' | 'stopped' | 'failed' | null
  /** Texts that wait for an answer. */
  waiting: number
}

export interface AccuratePath {
  health(): Health
  /** Scores of the encoder's heads for each text; null while it is off: the fast path stands then. */
  score(texts: string[]): Promise<Float32Array[] | null>
  head: EncoderHead
  stop(): Promise<void>
}

export interface PathOptions {
  /** Below this much free memory the thread is ended and not begun. */
  leastFree?: number
  freeMemory?: () => number
}

const megabyte = 1024 * 1024
/** The thread takes about 60 MB; the rest is left to everybody else. */
const usualLeastFree = 256 * megabyte

export function openAccuratePath(options: PathOptions = {}): AccuratePath {
  const { leastFree = usualLeastFree, freeMemory = () => process.availableMemory() } = options
  const { head } = readEncoderFile(readFileSync(encoderFile))
  const waiting = new Map<number, { texts: number; settle: (scores: Float32Array | null) => void }>()
  let worker: Worker | null = null
  let reason: Health['reason'] = null
  let last = 0

  const end = async (why: Health['reason']): Promise<void> => {
    const ending = worker
    worker = null
    reason = why
    for (const { settle } of waiting.values()) settle(null)
    waiting.clear()
    await ending?.terminate()
  }
  const begin = (): Worker => {
    const begun = new Worker(new URL('worker.ts', import.meta.url))
    begun.unref()
    begun.on('message', (message: Answered | 'ready') => {
      if (message === 'ready') return
      waiting.get(message.id)?.settle(message.scores)
      waiting.delete(message.id)
      if (waiting.size === 0) begun.unref()
    })
    begun.on('error', () => worker === begun && end('failed'))
    begun.on('exit', () => worker === begun && end('failed'))
    reason = null
    return begun
  }

  return {
    head,
    health: () => ({
      state: reason !== null ? 'off' : worker === null ? 'idle' : 'ready',
      reason,
      waiting: [...waiting.values()].reduce((sum, { texts }) => sum + texts, 0),
    }),
    async score(texts) {
      if (reason === 'stopped' || texts.length === 0) return texts.length === 0 ? [] : null
      if (freeMemory() < leastFree) {
        await end('memory-short')
        return null
      }
      worker ??= begin()
      worker.ref()
      const id = ++last
      const scores = await new Promise<Float32Array | null>((settle) => {
        waiting.set(id, { texts: texts.length, settle })
        worker!.postMessage({ id, texts } satisfies Asked)
      })
      if (scores === null) return null
      const width = scores.length / texts.length
      return texts.map((_, at) => scores.subarray(at * width, (at + 1) * width))
    },
    stop: () => end('stopped'),
  }
}

/** The encoder knows English alone. */
export const canRefine = ({ language }: Understanding): boolean => language === 'en' || language === undetermined

/** Whether a second look is worth its time: the fast path is unsure, or somebody may be in need. */
export const deservesSecondLook = (said: Understanding): boolean =>
  canRefine(said) && (said.sentiment.probability < unsure || said.crisis?.is === true)
const unsure = 0.6

/** Understands texts by both paths; what is not English, and everything while the accurate path is off, by the fast one alone. */
export async function classifyAccurately(
  classifier: Classifier,
  path: AccuratePath,
  texts: string[],
  hints: Hints = {},
): Promise<Understanding[]> {
  const said = texts.map((text) => classify(classifier, text, hints))
  const picked = said.flatMap((each, at) => (canRefine(each) ? [at] : []))
  const scores = await path.score(picked.map((at) => texts[at]!))
  if (scores !== null)
    for (const [place, at] of picked.entries()) said[at] = refine(texts[at]!, said[at]!, scores[place]!, path.head)
  return said
}

const tokens = makeTokens()

/** What the fast path said, joined with the encoder's scores. */
export function refine(text: string, said: Understanding, scores: Float32Array, head: EncoderHead): Understanding {
  const of = (name: string): Float32Array => {
    const at = head.heads.findIndex((each) => each.name === name)
    const from = head.heads.slice(0, at).reduce((sum, { labels }) => sum + labels, 0)
    return scores.subarray(from, from + head.heads[at]!.labels)
  }
  const { sentiment: mood, emotion: feeling, offensive: offence } = head.blends
  const shares = mood ? blendShares(said.sentiment.shares, of('sentiment'), mood) : said.sentiment.shares
  const result: Understanding = {
    ...said,
    by: 'accurate',
    sentiment: chosen<Sentiment>(shares, sentiments),
    valence: said.valence + (balance(shares) - balance(said.sentiment.shares)) * byShares,
    intents: said.intents && intentsOf(text, scan(text, tokens), shares),
  }
  if (said.emotion && feeling)
    result.emotion = chosen<Emotion>(blendShares(said.emotion.shares, of('emotion'), feeling), emotions)
  if (said.offensive && offence) {
    const { probability } = said.offensive
    const together = blendShares([1 - probability, probability], of('offensive'), offence)[1]!
    result.offensive = { is: together >= 0.5, probability: together }
  }
  return result
}

function chosen<Label extends string>(shares: number[], labels: readonly Label[]) {
  const best = shares.indexOf(Math.max(...shares))
  return { label: labels[best]!, probability: shares[best]!, shares }
}
