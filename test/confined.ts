// Words before a program that give it a disk of its own, or the life of root in a container.

import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './imports.ts'

export const isRoot = process.getuid!() === 0

/** Mounts need root, or a kernel that lets everybody have namespaces of their own. */
const namespace = isRoot ? ['unshare', '--mount'] : ['unshare', '--user', '--map-root-user', '--mount']
export const canMount =
  spawnSync(namespace[0]!, [...namespace.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

/** Runs the program where `dataDir` is a file system of its own. */
export const mounted = (dataDir: string, options: string): string[] => {
  mkdirSync(dataDir, { recursive: true })
  return [...namespace, 'sh', '-c', `mount -t tmpfs -o ${options} none '${dataDir}' && exec "$@"`, 'sh']
}

/**
 * As root of a container that is like most: what root may do there, and no user namespaces (the kernel keeps them from whoever
 * lives in a folder). `locked` holds the checkout too, and lets in nobody but root, as root's home does.
 */
export function contained(locked: string): { as: string[]; checkout: string } {
  const [checkout, world] = ['checkout', 'world'].map((name) => join(locked, name)) as [string, string]
  for (const each of [locked, checkout, world]) mkdirSync(each, { mode: 0o700 })
  const may = 'chown,dac_override,fowner,fsetid,kill,setgid,setuid,setpcap,net_bind_service,sys_chroot,setfcap'
  const enter = `mount --bind '${root}' '${checkout}' && mount --rbind / '${world}' && exec chroot '${world}' "$@"`
  const words = ['setpriv', `--bounding-set=-all,+${may.replaceAll(',', ',+')}`]
  return { as: [...namespace, 'sh', '-c', enter, 'sh', ...words], checkout }
}
