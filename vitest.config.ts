// One configuration for all tests. Database tests get their own database, cloned from one migrated template.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: ['test/world/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A shared build machine may stall for seconds; what fails twice has failed.
    retry: process.env.CI ? 1 : 0,
    reporters: process.env.CI ? ['default'] : ['default'],
  },
})
