// What the database can hold: PostgreSQL refuses NUL characters and halves of a surrogate pair in text and JSON alike.

export interface Unstorable {
  /** Path into the input, as refusals name fields. */
  field: string
  reason: 'nul' | 'lone-surrogate' | 'nested-too-deeply'
}

/** Deeper than any shape of ours; what walks a value by recursion afterwards cannot run out of stack. */
const deepest = 64

/** The first thing in an input that cannot be stored; null when there is none. */
export function findUnstorable(input: unknown): Unstorable | null {
  const waiting: { value: unknown; field: string; depth: number }[] = [{ value: input, field: '', depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, field, depth } = next
    const reason = typeof value === 'string' ? troubleOf(value) : depth > deepest ? 'nested-too-deeply' : null
    if (reason) return { field, reason }
    if (!isContainer(value)) continue
    const inside: typeof waiting = []
    for (const [key, inner] of Object.entries(value)) {
      const trouble = troubleOf(key)
      if (trouble) return { field, reason: trouble }
      inside.push({ value: inner, field: field ? `${field}.${key}` : key, depth: depth + 1 })
    }
    // In reading order, so that the first field of a form is named first.
    for (let at = inside.length - 1; at >= 0; at--) waiting.push(inside[at]!)
  }
  return null
}

/** The same value with a replacement character where it could not be stored: for what networks and feeds send. */
export function storable<T>(value: T): T {
  return findUnstorable(value) ? (mended(value, 0) as T) : value
}

function mended(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd')
  if (!isContainer(value)) return value
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((inner) => mended(inner, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [mended(key, depth) as string, mended(inner, depth + 1)]),
  )
}

function troubleOf(text: string): 'nul' | 'lone-surrogate' | null {
  if (text.includes('\0')) return 'nul'
  return text.isWellFormed() ? null : 'lone-surrogate'
}

/** Arrays and plain objects; dates, files and bytes are not looked into. */
function isContainer(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}
