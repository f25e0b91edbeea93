// How measures are written.

/** “4 min”, “2.5 h”, “3 d”: as exact as anybody needs. */
export function spanWords(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 1) return 'under 1 min'
  if (minutes < 90) return `${Math.round(minutes)} min`
  const hours = minutes / 60
  if (hours < 48) return `${Math.round(hours * 10) / 10} h`
  return `${Math.round((hours / 24) * 10) / 10} d`
}

export const shareText = ({ share }: { share: number }): string => `${Math.round(share * 1000) / 10} %`
