// Processor time that processes have used, read from /proc: on a busy machine it tells more than the clock on the wall.

import { readdirSync, readFileSync } from 'node:fs'
import type { ClientBase, Pool } from 'pg'

/** Linux counts in hundredths of a second. */
const tickMs = 10

interface ProcessRow {
  pid: number
  parent: number
  usedMs: number
  childrenMs: number
}

/** Milliseconds that a process has used so far. */
export const usedBy = (pid: number): number => rowOf(pid)?.usedMs ?? 0

/** Milliseconds that a database server with all its children has used so far, those included that have ended. */
export async function usedByServer({ owner }: { owner: Pool | ClientBase }): Promise<() => number> {
  const found = await (owner as Pool).query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = rowOf(found.rows[0]!.pid)!.parent
  return () => {
    const own = rowOf(postmaster)
    const living = allRows().filter((row) => row.parent === postmaster)
    return living.reduce((sum, row) => sum + row.usedMs, (own?.usedMs ?? 0) + (own?.childrenMs ?? 0))
  }
}

const allRows = (): ProcessRow[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => rowOf(Number(name)) ?? [])

/** null: the process has ended. */
function rowOf(pid: number): ProcessRow | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces, so the fields are counted from its end; see proc_pid_stat(5).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map((at) => fields[at]!) as [
      number,
      number,
      number,
      number,
      number,
    ]
    return { pid, parent, usedMs: (user + system) * tickMs, childrenMs: (childUser + childSystem) * tickMs }
  } catch {
    return null
  }
}
