// Follows what the server tells as it happens, and asks again when the connection is lost, until nobody looks any more.

const againMs = 3_000

export interface Following<Told> {
  signal: AbortSignal
  open: () => Promise<AsyncIterable<Told>>
  setState: (state: 'connecting' | 'open' | 'lost') => void
}

export async function followLive<Told>(
  { signal, open, setState }: Following<Told>,
  take: (told: Told) => void,
): Promise<void> {
  setState('connecting')
  while (!signal.aborted) {
    try {
      for await (const told of await open()) {
        setState('open')
        take(told)
      }
    } catch {
      if (!signal.aborted) setState('lost')
    }
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}
