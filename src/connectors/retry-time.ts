// When a network says we may come back, in the several dialects in which networks say it.

/** From `Retry-After` (seconds or date), else the reset headers (epoch seconds or milliseconds, ISO date, or seconds from now). */
export function retryTime(headers: Headers, now: Date): Date | undefined {
  const after = headers.get('retry-after')
  if (after !== null) {
    const at = /^\s*\d+(\.\d+)?\s*$/.test(after) ? later(now, Number(after)) : dateOf(after)
    if (at) return notBefore(at, now)
  }
  const reset = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset')
  if (reset === null) return undefined
  const at = /^\s*\d+(\.\d+)?\s*$/.test(reset) ? momentOf(Number(reset), now) : dateOf(reset)
  return at && notBefore(at, now)
}

/** Small numbers are seconds from now (the IETF draft), large ones a point in time. */
function momentOf(value: number, now: Date): Date | undefined {
  if (value > 1e11) return valid(new Date(value))
  if (value > 1e8) return valid(new Date(value * 1000))
  return later(now, value)
}

function later(now: Date, seconds: number): Date | undefined {
  return valid(new Date(now.getTime() + seconds * 1000))
}

function dateOf(text: string): Date | undefined {
  return valid(new Date(text))
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date
}

function notBefore(date: Date, now: Date): Date {
  return date < now ? now : date
}
