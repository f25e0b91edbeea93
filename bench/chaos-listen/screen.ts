// An open page: follows what is stored over HTTP, as the web app does, and notes when each post arrived.

export interface Screen {
  /** When each post was first seen, by its words. */
  seen: Map<string, number>
  stop(): void
}

/** Connects again whenever the connection ends. `address` may change between two connections. */
export function openScreen(address: () => string, token: string): Screen {
  const seen = new Map<string, number>()
  const stop = new AbortController()
  void follow()
  return { seen, stop: () => stop.abort() }

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      await read().catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  async function read(): Promise<void> {
    const response = await fetch(address(), {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: stop.signal,
    })
    let rest = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      for (const line of lines) if (line.startsWith('data: ')) take(line.slice(6))
    }
  }

  function take(data: string): void {
    const lot = JSON.parse(data) as { mentions?: { text: string }[] }
    for (const { text } of lot.mentions ?? []) if (!seen.has(text)) seen.set(text, Date.now())
  }
}
