// One configuration for all tests. Database tests get their own database, cloned from one migrated template.

import { statSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Of minutes each, on a busy machine: begun last, they would go on alone. */
const longest = [
  'test/e2e/pages.test.ts',
  'test/start.test.ts',
  'src/connectors/bluesky/inbox/inbox.test.ts',
  'test/e2e/promises.test.ts',
  'test/chaos.test.ts',
  'test/permissions.test.ts',
  'test/scenarios/walls-of-departments.test.ts',
]

/** These first, then journeys, since each starts a server and a browser, and of the others the larger files. */
const rank = (path: string): number => {
  const found = longest.findIndex((name) => path.endsWith(name))
  if (found >= 0) return found
  return path.includes('/test/e2e/') ? longest.length : longest.length + 1
}

// A class because vitest wants one.
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = files.map((file) => ({ file, rank: rank(file.moduleId), size: statSync(file.moduleId).size }))
    return known.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ file }) => file)
  }
}

export default defineConfig({
  test: {
    globalSetup: ['test/world/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Much of the time is waiting, for servers and pages: on two cores a third process takes a fifth of it away.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // A shared build machine may stall for seconds; what fails twice has failed.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        // They start programs, read the whole source, or own the machine for a while: each in a process of its own.
        extends: true,
        test: { name: 'programs', include: ['test/*.test.ts', 'test/{servers,models}/**/*.test.ts'] },
      },
      {
        // These share processes: the same modules are loaded once and not for each file, which took half of the work.
        extends: true,
        test: {
          name: 'parts',
          include: ['src/**/*.test.{ts,tsx}', 'test/{scenarios,e2e}/**/*.test.ts'],
          isolate: false,
        },
      },
    ],
  },
})
