// The thread of the encoder: gets texts, answers the scores of its heads.

import { parentPort } from 'node:worker_threads'
import { loadEncoder } from './encoder.ts'

export interface Asked {
  id: number
  texts: string[]
}

export interface Answered {
  id: number
  /** One after the other, as many for each text. */
  scores: Float32Array
}

if (parentPort) {
  const port = parentPort
  const encoder = await loadEncoder()
  port.on('message', ({ id, texts }: Asked) => {
    const rows = texts.map((text) => encoder.run(text))
    const width = rows[0]?.length ?? 0
    const scores = new Float32Array(rows.length * width)
    for (const [at, row] of rows.entries()) scores.set(row, at * width)
    port.postMessage({ id, scores } satisfies Answered, [scores.buffer])
  })
  port.postMessage('ready')
}
