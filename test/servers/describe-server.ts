// Declares tests that need a real server: skipped by name where it is not installed, failing there under CI=true.
import { describe, expect, test } from 'vitest'
import { missing, type ServerName } from './cache.ts'

export function describeServer(server: ServerName, tests: () => void): void {
  const lack = missing(server)
  if (lack === undefined) {
    describe(server, tests)
  } else if (process.env.CI === 'true') {
    test(`${server} is installed`, () => expect.fail(lack))
  } else {
    process.stderr.write(`\nSKIPPED, no real ${server} here: ${lack}\n`)
    describe.skip(`${server} (SKIPPED: ${lack})`, tests)
  }
}
