// One configuration for all tests. Database tests get their own database, cloned from one migrated template.

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Of minutes each: begun last, they would go on alone. Of the others the larger files come first. */
const longest = ['test/e2e/pages.test.ts', 'test/start.test.ts', 'test/chaos.test.ts']

// A class because vitest wants one.
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((path) => moduleId.endsWith(path))
      return found < 0 ? longest.length : found
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: ['test/world/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Much of the time is waiting, for servers and pages: on two cores a third process takes a fifth of it away.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A shared build machine may stall for seconds; what fails twice has failed.
    retry: process.env.CI ? 1 : 0,
  },
})
