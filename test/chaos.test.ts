// A small storm over publishing on networks that need no installed server; `npm run chaos:publish` is the large one on real ones.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const program = join(import.meta.dirname, '..', 'bench', 'chaos', 'main.ts')
const networks = 'fake,fake-slow,mastodon,gotosocial'

function storm(...options: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const given = [program, '--networks', networks, ...options]
    execFile(process.execPath, given, { maxBuffer: 10e6, timeout: 170_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, said: stdout + stderr }),
    )
  })
}

// Both mostly wait for leases and retries to run out, each with servers of its own.
test.concurrent('workers that die, freeze and meet broken networks send nothing twice and lose nothing', {
  timeout: 180_000,
}, async () => {
  const { code, said } = await storm('--runs', '40', '--seed', '5', '--window', '5', '--deaths', '0.1')
  expect(said).toContain('no violation')
  expect(code).toBe(0)
})

test.concurrent('the same with the protection taken out sends twice, so the storm can tell', {
  timeout: 180_000,
}, async () => {
  const { code, said } = await storm('--runs', '24', '--seed', '3', '--window', '5', '--deaths', '0', '--unprotected')
  expect(said).toContain('DOUBLE')
  expect(code).toBe(1)
})
