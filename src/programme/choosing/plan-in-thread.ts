// Makes a plan in a thread of its own, with progress, within a time, and until somebody stops it.

import { Worker } from 'node:worker_threads'
import { greedyAnswer } from './greedy-answer.ts'
import { prepare } from './prepare.ts'
import type { PlanAnswer, PlanBefore, PlanLimits, PlanProgress, PlanQuestion } from './types.ts'
import type { AskedPlan, Told } from './worker.ts'

export interface ThreadOptions extends PlanLimits {
  /** The plan that is there. */
  before?: PlanBefore | null
  signal?: AbortSignal
  onProgress?: (progress: PlanProgress) => void
}

/**
 * A failing solver is no reason to have no plan: then it is made by hand, and says so by its `by`.
 * @throws the reason of the signal when it is stopped.
 */
export async function planInThread(question: PlanQuestion, options: ThreadOptions = {}): Promise<PlanAnswer> {
  const { signal, onProgress, before = null, ...limits } = options
  signal?.throwIfAborted()
  const worker = new Worker(new URL('worker.ts', import.meta.url))
  try {
    return await answerOf(worker, { asked: { question, limits, before }, signal, onProgress })
  } catch (error) {
    signal?.throwIfAborted()
    const answer = greedyAnswer(prepare(question))
    if (answer) return answer
    throw error
  } finally {
    // Ends it in the middle of a solution too, and gives back its memory.
    await worker.terminate()
  }
}

interface Asking extends Pick<ThreadOptions, 'signal' | 'onProgress'> {
  asked: AskedPlan
}

const answerOf = (worker: Worker, { asked, signal, onProgress }: Asking): Promise<PlanAnswer> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal!.reason)
    signal?.addEventListener('abort', stop, { once: true })
    const settled = () => signal?.removeEventListener('abort', stop)
    worker.on('message', (told: Told) => {
      if (told.kind === 'progress') onProgress?.(told.progress)
      else {
        settled()
        resolve(told.answer)
      }
    })
    worker.on('error', (error) => {
      settled()
      reject(error)
    })
    worker.on('exit', () => {
      settled()
      reject(new Error('The thread that makes plans ended without an answer'))
    })
    worker.postMessage(asked)
  })
