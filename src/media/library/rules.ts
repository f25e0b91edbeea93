// Pure decisions of the library: tags, folders, rights on a day, and pictures that look alike.

import { addDays } from '../../lib/days.ts'
import { deepestFolder, longestTag, type RightsState } from './types.ts'

/** So many days before its end a permission counts as ending. */
export const endingDays = 14

/** The last day belongs to the permission; the day after it is too late. An end counts whatever the ground is. */
export function rightsOn(rights: { basis: string | null; expiresOn: string | null }, today: string): RightsState {
  if (rights.expiresOn !== null && rights.expiresOn < today) return 'expired'
  if (rights.basis === null) return 'unknown'
  return rights.expiresOn !== null && rights.expiresOn <= addDays(today, endingDays) ? 'expiring' : 'held'
}

/** One spelling for one tag: in lower case, single spaces, composed. Empty where nothing is left. */
export const tagOf = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longestTag)
    .trim()

export interface TagChange {
  add: string[]
  remove: string[]
}

/** Tags afterwards, in their order, with what really changed: so that undoing takes away only what was new. */
export function changeTags(before: readonly string[], change: TagChange): { tags: string[] } & TagChange {
  const had = new Set(before)
  const add = unique(change.add.map(tagOf)).filter((tag) => tag !== '' && !had.has(tag))
  const remove = unique(change.remove.map(tagOf)).filter((tag) => had.has(tag) && !add.includes(tag))
  const tags = [...before.filter((tag) => !remove.includes(tag)), ...add].sort()
  return { tags, add, remove }
}

const unique = <T>(values: T[]): T[] => [...new Set(values)]

export interface FolderPlace {
  id: string
  parentId: string | null
}

/** A folder and all that are in it. */
export function foldersIn(folders: readonly FolderPlace[], id: string): Set<string> {
  const found = new Set([id])
  // Parents may come after their children: look until nothing new is found.
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const folder of folders) if (folder.parentId !== null && found.has(folder.parentId)) found.add(folder.id)
  }
  return found
}

/** From the top to the folder itself. A circle, which cannot be, would end too. */
export function pathOf<F extends FolderPlace>(folders: readonly F[], id: string | null): F[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  const path: F[] = []
  let at = id === null ? undefined : byId.get(id)
  while (at && !path.includes(at)) {
    path.push(at)
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  }
  return path.reverse()
}

/** What is wrong with putting `id` (null: a new one) under `parentId`; null: nothing. */
export function placeFault(
  folders: readonly FolderPlace[],
  id: string | null,
  parentId: string | null,
): 'folder-not-found' | 'folder-into-itself' | 'folder-too-deep' | null {
  if (parentId === null) return null
  if (!folders.some((folder) => folder.id === parentId)) return 'folder-not-found'
  const inside = id === null ? new Set<string>() : foldersIn(folders, id)
  if (inside.has(parentId)) return 'folder-into-itself'
  const depth = (folder: string) => pathOf(folders, folder).length
  const tallest = id === null ? 1 : Math.max(...[...inside].map(depth)) - depth(id) + 1
  return depth(parentId) + tallest > deepestFolder ? 'folder-too-deep' : null
}

/** Grey values of 9 × 8 pixels, row by row → 64 bits, each telling whether it gets lighter to the right (dHash, N. Krawetz 2013). */
export function lookOf(grey: ArrayLike<number>): string | null {
  const values = Array.from(grey)
  // One colour all over looks like every other one: that says nothing.
  if (values.length !== 72 || Math.max(...values) - Math.min(...values) < 16) return null
  let bits = 0n
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++)
      bits = (bits << 1n) | (values[row * 9 + column]! < values[row * 9 + column + 1]! ? 1n : 0n)
  return bits.toString(16).padStart(16, '0')
}

/** So many of 64 bits may differ between pictures that look alike; scaled and re-encoded copies differ in 0 to 3. */
export const alikeBits = 6

export function bitsApart(one: string, other: string): number {
  let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let count = 0
  for (; bits > 0n; bits >>= 1n) count += Number(bits & 1n)
  return count
}
