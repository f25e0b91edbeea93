// Which process serves a data folder: its lock file names it, and it is believed only while it works in this very folder.

import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Process id of the server that runs on `data`, or null. After a crash the file may name anybody, also another PostgreSQL. */
export function serverPid(data: string): number | null {
  const pid = namedPid(data)
  return pid && isServer(pid) && (folderOf(pid) ?? givenFolder(pid)) === realpathSync(data) ? pid : null
}

/** Whether the server takes connections already. */
export const isReady = (data: string): boolean => lockFile(data)[7]?.trim() === 'ready'

/**
 * PostgreSQL takes its lock for held as long as any process has that number: a killed server whose parent never asks how it
 * ended (process 1 of many containers), or a stranger who got the number. Such a lock is void once nobody works in the folder.
 */
export function forgetDead(data: string): void {
  const pid = namedPid(data)
  if (!pid || !existsSync(`/proc/${pid}`) || serverPid(data) !== null) return
  if (readdirSync('/proc').some((name) => /^\d+$/.test(name) && mayWorkIn(data, Number(name)))) return
  rmSync(join(data, 'postmaster.pid'), { force: true })
}

const namedPid = (data: string): number | null => Number(lockFile(data)[0]) || null

const lockFile = (data: string): string[] => pieces(join(data, 'postmaster.pid'), '\n')

function mayWorkIn(data: string, pid: number): boolean {
  const folder = folderOf(pid)
  if (folder !== null) return folder === realpathSync(data)
  return isServer(pid) && ownerOf(`/proc/${pid}`) === ownerOf(data)
}

const isServer = (pid: number): boolean => commandLine(pid)[0]?.includes('postgres') ?? false

/** PostgreSQL works in its data folder. Null also where the kernel keeps it to the process's own user and a stronger root. */
function folderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/** The data folder of the command line, which everybody may read. */
function givenFolder(pid: number): string | null {
  const words = commandLine(pid)
  const given = words[words.indexOf('-D') + 1]
  return given && existsSync(given) ? realpathSync(given) : null
}

const commandLine = (pid: number): string[] => pieces(`/proc/${pid}/cmdline`, '\0')

const ownerOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.uid

/** Both kinds of file go away at any moment. */
function pieces(path: string, separator: string): string[] {
  try {
    return readFileSync(path, 'utf8').split(separator)
  } catch {
    return []
  }
}
