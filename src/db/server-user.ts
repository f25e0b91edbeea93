// As whom PostgreSQL runs: it refuses to be root, so root gives it another identity that still reaches its program and its files.

import { spawnSync } from 'node:child_process'
import { lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../config.ts'

/** In it root sees itself as somebody else while the files stay root's. */
const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
const nobody = { uid: 65534, gid: 65534 }
/**
 * For files behind a folder that only root may enter, such as root's home: the new user keeps root's right to pass. PostgreSQL asks
 * the kernel, with access(2), whether it may run its programs; the kernel answers as if that right were gone, unless the securebit
 * no_setuid_fixup is set.
 */
const throughFolders = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override']

/**
 * The words that start `command`. Whose the folder is already, runs it; root's own goes to nobody only where namespaces are
 * closed, as in most containers.
 * @throws SetupError where this machine leaves root no way.
 */
export function asServerUser(command: string[], place: { root: string; socket: string }): string[] {
  if (process.getuid?.() !== 0) return command
  const owner = lstatSync(place.root)
  if (owner.uid === 0 && works([...namespace, 'true'])) return [...namespace, ...command]
  const { uid, gid } = owner.uid === 0 ? nobody : owner
  for (const folder of [place.root, place.socket]) give(folder, uid, gid)
  const identity = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const reaching = ['test', '-x', command[0]!, '-a', '-x', place.root]
  const found = [identity, [...identity, ...throughFolders]].find((words) => works([...words, ...reaching]))
  if (!found)
    throw new SetupError(
      'PostgreSQL does not run as root, and this machine lets root give it no other identity. Start Longrun as an ordinary user, or set DATABASE_URL.',
    )
  return [...found, ...command]
}

const works = ([command, ...args]: string[]): boolean => spawnSync(command!, args).status === 0

/** What is inside comes first: an interrupted one is taken up again. */
function give(path: string, uid: number, gid: number): void {
  const entry = lstatSync(path)
  if (entry.uid === uid) return
  if (entry.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), uid, gid)
  lchownSync(path, uid, gid)
}
