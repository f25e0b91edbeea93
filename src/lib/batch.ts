// Group commit: calls that arrive while one batch is at work travel together in the next one.

export interface BatchOptions {
  /** Items of one batch at most. */
  largest?: number
  /** How long the first call of a batch may wait for company. 0: not at all. */
  lingerMs?: number
  /** So many are company enough. */
  enough?: number
}

/** `run` gets the items in order of arrival and answers one result an item; its failure fails every call of that batch. */
export function batched<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  { largest = 200, lingerMs = 0, enough = 1 }: BatchOptions = {},
): (item: Item) => Promise<Result> {
  let waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = []
  let working = false
  let hurry = () => {}

  const company = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lingerMs)
      hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      if (lingerMs > 0 && waiting.length < enough) await company()
      const batch = waiting.slice(0, largest)
      waiting = waiting.slice(largest)
      try {
        const results = await run(batch.map((call) => call.item))
        for (const [index, call] of batch.entries()) call.resolve(results[index]!)
      } catch (error) {
        for (const call of batch) call.reject(error)
      }
    }
    working = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (waiting.length >= enough) hurry()
      if (working) return
      working = true
      // Everything that is called in this turn of the loop joins the first batch.
      queueMicrotask(() => void drain())
    })
}
