// Finds topics that fit the texts, in a thread of its own: posts that are kept teach the engine to make all posts as if they were to last, and
// the product keeps few. What is measured afterwards would be slower than what people get.

import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { indexOf, matchShare, readWire } from './match.ts'
import { loadTexts } from './texts.ts'
import { fitTopics, rankWords } from './topics.ts'
import { makeWires } from './wires.ts'

interface Fitting {
  /** Folder of the texts. */
  folder: string
  topics: number
  /** Of the posts that match a topic at least. */
  share: number
}

const sampled = 20_000

export async function topicsThatFit(fitting: Fitting): Promise<string[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: fitting })
  const [topics] = (await once(worker, 'message')) as [string[]]
  await worker.terminate()
  return topics
}

if (!isMainThread) {
  const { folder, topics, share } = workerData as Fitting
  const { texts } = loadTexts(folder)
  const sample = makeWires(Array.from({ length: sampled }, (_, at) => texts[(at * 7919) % texts.length]!)).map(
    (wire) => readWire(wire)!,
  )
  parentPort!.postMessage(fitTopics(rankWords(texts), topics, share, (some) => matchShare(indexOf(some), sample)))
}
