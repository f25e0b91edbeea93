// A drill as people go through it, for tests: begun, answered, handed in, judged.

import type { Answer, TestSession } from '../../../test/world/app.ts'

export const drills = '/orgs/{org}/drills'

interface Item {
  id: string
}

export async function answered(learner: TestSession): Promise<{ id: string; items: Item[] }> {
  const begun = await learner.call('POST', drills, {})
  if (begun.status !== 201) throw new Error(JSON.stringify(begun.body))
  for (const { id } of begun.body.items as Item[])
    await learner.call('PUT', `${drills}/${begun.body.id}/answers/${id}`, { way: 'reply', answer: `I say ${id}` })
  return begun.body
}

export async function handedIn(learner: TestSession): Promise<{ id: string; items: Item[] }> {
  const drill = await answered(learner)
  await learner.call('POST', `${drills}/${drill.id}/hand-in`, {})
  return drill
}

/** Passes so many of them, the first ones; answers the last answer. */
export async function judged(
  judge: TestSession,
  drill: { id: string; items: Item[] },
  passes: number,
): Promise<Answer> {
  let last: Answer | null = null
  for (const [at, { id }] of drill.items.entries())
    last = await judge.call('PUT', `${drills}/${drill.id}/answers/${id}/judgement`, {
      ...{ passed: at < passes, note: at < passes ? 'Good' : 'Say sorry for what happened' },
    })
  return last!
}
