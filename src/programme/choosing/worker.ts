// The thread that makes plans: the solver lives here alone, so that whoever waits for something else never waits for it.

import { parentPort } from 'node:worker_threads'
import { makePlan } from './make-plan.ts'
import { openSolver } from './solver.ts'
import type { PlanAnswer, PlanBefore, PlanLimits, PlanProgress, PlanQuestion } from './types.ts'

export interface AskedPlan {
  question: PlanQuestion
  limits: PlanLimits
  before: PlanBefore | null
}

export type Told = { kind: 'progress'; progress: PlanProgress } | { kind: 'answer'; answer: PlanAnswer }

if (parentPort) {
  const port = parentPort
  const solving = openSolver()
  port.on('message', async ({ question, limits, before }: AskedPlan) => {
    const answer = makePlan(
      question,
      {
        solve: await solving,
        now: () => performance.now(),
        onProgress: (progress) => port.postMessage({ kind: 'progress', progress } satisfies Told),
      },
      { ...limits, before },
    )
    port.postMessage({ kind: 'answer', answer } satisfies Told)
  })
}
