// What a person was connecting when they left for the network's own page, so that they can go on where they were if it
// refuses. Kept in this tab only, and never a secret.

export interface Attempt {
  slug: string
  network: string
  method: string
  account?: string
  values: Record<string, string>
}

const key = 'longrun-connecting'

export function keepAttempt(attempt: Attempt): void {
  sessionStorage.setItem(key, JSON.stringify(attempt))
}

export function forgetAttempt(): void {
  sessionStorage.removeItem(key)
}

export function readAttempt(): Attempt | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Attempt | null
    return kept && typeof kept.slug === 'string' && typeof kept.network === 'string' ? kept : null
  } catch {
    return null
  }
}

/** The attempt that belongs to this form; another one's values would only be in the way. */
export function attemptFor(sought: Pick<Attempt, 'slug' | 'network' | 'account'>): Attempt | null {
  const kept = readAttempt()
  const same = kept?.slug === sought.slug && kept.network === sought.network && kept.account === sought.account
  return same ? kept : null
}
