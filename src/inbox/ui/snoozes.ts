// Until when something is put off, by the clock of whoever does it.

const hour = 3_600_000

/** In three hours, tomorrow at nine, next Monday at nine. */
export function snoozes(now: Date): { label: string; until: Date }[] {
  const morning = (days: number) => {
    const at = new Date(now)
    at.setDate(at.getDate() + days)
    at.setHours(9, 0, 0, 0)
    return at
  }
  return [
    { label: 'In three hours', until: new Date(now.getTime() + 3 * hour) },
    { label: 'Tomorrow morning', until: morning(1) },
    { label: 'On Monday', until: morning((8 - now.getDay()) % 7 || 7) },
  ]
}
