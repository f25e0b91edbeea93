// First replies of some days as goals and assessments read them.

import { readMeasures } from '../inbox/measures/actions.ts'
import type { Services } from '../services.ts'

const hourMs = 3_600_000

/** Days both included. `kept`: null where none fell due; `medianHours`, by the clock on the wall: null where none was given. */
export async function firstReplies(
  services: Pick<Services, 'db' | 'clock'>,
  orgId: string,
  { from, to, departmentId }: { from: string; to: string; departmentId?: string | undefined },
): Promise<{ kept: { n: number; share: number } | null; medianHours: number | null }> {
  const { promises } = await readMeasures(services, { orgId }, { from, to, departmentId })
  const first = promises.find(({ metric }) => metric === 'first-reply')
  return { kept: first?.kept ?? null, medianHours: first?.wall ? first.wall.median / hourMs : null }
}
