// The few options that benchmarks take.

import { parseArgs } from 'node:util'

/** `{ rounds: '3' }` gives the values of `--rounds`; `--assert` is known to every benchmark. */
export function readArguments<Names extends string>(defaults: Record<Names, string>): Record<Names, string> {
  const options = Object.fromEntries(
    Object.entries<string>(defaults).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  )
  const { values } = parseArgs({ options: { ...options, assert: { type: 'boolean', default: false } } })
  return values as Record<Names, string>
}
