// Declares journeys: skipped by name where the machine has no browser, failing there under CI=true.

import { describe, expect, test, vi } from 'vitest'
import { chromiumPath, hasBrowser } from './browser.ts'

/** A browser that waits in vain says for what after 30 seconds; a slow machine needs several of its waits. */
export function describeJourney(name: string, journeys: () => void, testTimeout = 120_000): void {
  const lack = `no browser at ${chromiumPath}; install Chromium or set CHROMIUM_PATH`
  vi.setConfig({ testTimeout })
  if (hasBrowser()) {
    describe(name, journeys)
  } else if (process.env.CI === 'true') {
    test(`${name}: a browser is installed`, () => expect.fail(lack))
  } else {
    process.stderr.write(`\nSKIPPED, journey “${name}”: ${lack}\n`)
    describe.skip(`${name} (SKIPPED: ${lack})`, journeys)
  }
}
