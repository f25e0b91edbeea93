// What was started is stopped in the opposite order, all of it, whatever goes wrong on the way.

export type Stop = () => Promise<unknown>

/**
 * Runs `work`, which notes how to stop what it starts; then stops that. A stop that fails, such as the queue's while the database
 * is away, keeps none of the others from theirs. @throws the first trouble, of the work or of the stops.
 */
export async function stopping(work: (stops: Stop[]) => Promise<unknown>): Promise<void> {
  const stops: Stop[] = []
  const troubles: unknown[] = []
  const trying = (each: Stop) => Promise.try(each).catch((error) => troubles.push(error))
  await trying(() => work(stops))
  for (const stop of stops.reverse()) await trying(stop)
  if (troubles.length > 0) throw troubles[0]
}
