// Keeps a stream open for as long as somebody listens: a lost connection is opened again where it was, with growing waits.

import { setTimeout as wait } from 'node:timers/promises'
import type { Json } from './contract.ts'
import { asConnectorError, type ConnectorError } from './errors.ts'
import type { ListenSession, SourceKind, StreamBatch } from './listen.ts'
import { policy } from './policy.ts'

export interface Holding {
  /** The connection is lost; it is tried again at `until`. Until the next batch the source is silent. */
  lost?(error: ConnectorError, until: Date): void
  /** 0 to 1; tests bring their own. */
  random?(): number
  /** The shortest wait, doubled with each failure. */
  firstWaitMs?: number
}

const longestWaitMs = 60_000

/**
 * Every batch of a stream, over as many connections as it takes. Ends when the signal of the session aborts.
 * @throws ConnectorError when waiting cannot help: a person or new credentials are needed.
 */
export async function* holdStream(
  kind: SourceKind,
  session: ListenSession,
  from: Json,
  holding: Holding = {},
): AsyncGenerator<StreamBatch> {
  const { lost, random = Math.random, firstWaitMs = 1_000 } = holding
  if (!kind.stream) throw new Error(`${kind.key} is no stream`)
  let cursor = from
  let failures = 0
  while (!session.signal.aborted) {
    const opened = performance.now()
    try {
      for await (const batch of kind.stream(session, cursor)) {
        cursor = batch.cursor
        // A server that lets in and hangs up is no better than one that is away.
        if (batch.events.length > 0 || performance.now() - opened > longestWaitMs) failures = 0
        yield batch
      }
      // Only the signal ends a stream without an error.
      return
    } catch (thrown) {
      if (session.signal.aborted) return
      const error = asConnectorError(thrown, false)
      if (policy[error.kind].read !== 'wait') throw error
      failures++
      // All readers of a server lose it at the same moment; they must not all come back at one.
      const backOff = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1)) * (0.5 + random() / 2)
      const milliseconds = Math.max(backOff, (error.retryAt?.getTime() ?? 0) - session.now().getTime())
      lost?.(error, new Date(session.now().getTime() + milliseconds))
      await wait(milliseconds, undefined, { signal: session.signal }).catch(() => undefined)
    }
  }
}
