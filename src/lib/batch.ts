// Group commit: calls that arrive while one batch is at work travel together in the next one.

/** `run` gets the items in order of arrival and answers one result an item; its failure fails every call of that batch. */
export function batched<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  largest = 200,
): (item: Item) => Promise<Result> {
  let waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = []
  let working = false

  async function drain(): Promise<void> {
    working = true
    while (waiting.length > 0) {
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
      // Everything that is called in this turn of the loop joins the first batch.
      if (!working) {
        working = true
        queueMicrotask(() => void drain())
      }
    })
}
