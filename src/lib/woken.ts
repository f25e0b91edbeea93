// Waits until somebody calls, a time has come, or the work is given up.

/** `hand` receives what ends the waiting. */
export function woken(signal: AbortSignal | undefined, ends: number, hand: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, ends - Date.now()))
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
    if (signal?.aborted) done()
    hand(done)
  })
}
