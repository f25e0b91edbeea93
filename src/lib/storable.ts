// What the database can hold: PostgreSQL refuses NUL characters and halves of a surrogate pair in text and JSON alike.

export interface Unstorable {
  /** Path into the input, as refusals name fields. */
  field: string
  reason: 'nul' | 'lone-surrogate' | 'nested-too-deeply'
}

/** Deeper than any shape of ours; what walks a value by recursion afterwards cannot run out of stack. */
const deepest = 64

/** Something in an input that cannot be stored; null when there is nothing of the kind. */
export function findUnstorable(input: unknown): Unstorable | null {
  if (typeof input === 'string') return unstorable('', troubleOf(input))
  if (!isContainer(input)) return null
  const waiting = [{ container: input, field: '', depth: 1 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { container, field, depth } = next
    if (depth > deepest) return { field, reason: 'nested-too-deeply' }
    const listed = Array.isArray(container)
    for (const [key, value] of listed ? container.entries() : Object.entries(container)) {
      const trouble = listed ? null : troubleOf(key as string)
      if (trouble) return { field, reason: trouble }
      const place = () => (field ? `${field}.${key}` : String(key))
      if (typeof value === 'string') {
        const found = troubleOf(value)
        if (found) return { field: place(), reason: found }
      } else if (isContainer(value)) waiting.push({ container: value, field: place(), depth: depth + 1 })
    }
  }
  return null
}

const unstorable = (field: string, reason: Unstorable['reason'] | null): Unstorable | null =>
  reason && { field, reason }

/** The first so many units of a text (UTF-16), and never half of a surrogate pair: what we cut can be stored as well. */
export const firstOf = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '')

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
