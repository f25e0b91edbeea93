// For sweeps over many: what fails with one is told to the log and keeps none of the others waiting.

import type { Log } from './log.ts'

/** Answers the sum of what `work` answers. `task` says in the log what failed. */
export async function oneByOne<Each>(
  log: Log,
  task: string,
  some: Each[],
  work: (each: Each) => Promise<number>,
): Promise<number> {
  let done = 0
  for (const each of some)
    try {
      done += await work(each)
    } catch (error) {
      log.error(task, { of: each, error })
    }
  return done
}
