// Pure: how far ahead sessions are made, and what somebody can do in the minutes that they have.

/** This week and so many more. */
export const weeksAhead = 4

export interface Doable {
  id: string
  kind: string
  minutes: number
  at: Date | string
  /** Its day is today, or was. */
  isDue: boolean
}

/** What is due first, key before light, then what may be done ahead; each that still fits. Several together never take longer than there is time. */
export function fitting<Each extends Doable>(open: readonly Each[], minutes: number): Each[] {
  const inOrder = open.toSorted(
    (a, b) =>
      Number(b.isDue) - Number(a.isDue) ||
      Number(b.kind === 'key') - Number(a.kind === 'key') ||
      (new Date(a.at) < new Date(b.at) ? -1 : 1),
  )
  let left = minutes
  return inOrder.filter((each) => {
    if (each.minutes > left) return false
    left -= each.minutes
    return true
  })
}
