// Where the databases of tests lie: in memory, where the machine has a file system of it and room to spare.

import { existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverPid } from '../../src/db/server-process.ts'

const memory = '/dev/shm'
/** A cluster of tests keeps below 3 GB: some databases at a time, each of some 20 MB and what its tests write, and the log. */
const roomBytes = 8e9
const forgottenAfterMs = 3_600_000

/**
 * Each test file has a database of its own, of 1,500 files; six hundred come and go in a whole run. On a disk making one took a tenth of a second, and
 * seconds where others wrote to that disk; in memory it takes a third of that, whoever writes.
 */
export function placeForDatabases(): string {
  if (!existsSync(memory)) return tmpdir()
  forgetLeft()
  const { bavail, bsize } = statfsSync(memory)
  return Math.min(bavail * bsize, freemem()) > roomBytes ? memory : tmpdir()
}

/** What a run left that was killed would fill the memory until the machine starts again. */
function forgetLeft(): void {
  for (const name of readdirSync(memory)) {
    const path = join(memory, name)
    if (!name.startsWith('longrun-')) continue
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    const isServed = [join(path, 'postgres/data'), join(path, 'data')].some((data) => serverPid(data) !== null)
    if (age > forgottenAfterMs && !isServed) rmSync(path, { recursive: true, force: true })
  }
}
