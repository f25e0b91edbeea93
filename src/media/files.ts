// Keeps media files by their content: a file is stored once under its hash, completely or not at all.

import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Refusal } from '../lib/refusal.ts'
import { type Sniffed, type SniffOptions, sniff } from './sniff.ts'

interface Content {
  /** Lower-case hexadecimal; the name under which it is found again. */
  sha256: string
  bytes: number
}

export interface StoredFile extends Content {
  path: string
}

/** Complete and known by its content, but not part of the store before `nameFile`. */
export interface UnnamedFile extends Content {
  temporary: string
}

export interface UploadOptions extends SniffOptions {
  /** Folder of all media. */
  dir: string
  maxBytes: number
  signal?: AbortSignal
  /** A closer look at the content; where it throws, nothing is kept. */
  inspect?(path: string, found: Sniffed & { bytes: number }): Promise<void>
}

/**
 * Streams to disk while counting and hashing, then looks at the content. Where it throws, nothing is left. Refuses with
 * `media.too-large`, `storage.full` and every code of `sniff`.
 */
export async function receiveUpload(
  stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  options: UploadOptions,
): Promise<UnnamedFile & Sniffed> {
  const path = await newTemporaryPath(options.dir)
  try {
    const { sha256, bytes } = await receive(stream, path, options)
    const sniffed = await sniff(path, options)
    await options.inspect?.(path, { ...sniffed, bytes })
    return { sha256, bytes, temporary: path, ...sniffed }
  } catch (error) {
    await rm(path, { force: true })
    throw storageRefusal(error)
  }
}

/** Takes over a finished file made by ourselves at a `newTemporaryPath`; on failure the temporary file is gone. */
export async function adoptFile(temporary: string, dir: string): Promise<StoredFile> {
  const { sha256, bytes } = await weighFile(temporary)
  return { sha256, bytes, path: await nameFile(dir, { temporary, sha256 }) }
}

/** Reads what was written at a `newTemporaryPath` and flushes it; on failure the temporary file is gone. */
export async function weighFile(temporary: string): Promise<UnnamedFile> {
  try {
    const file = await open(temporary, 'r+')
    const hash = createHash('sha256')
    let bytes = 0
    try {
      for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
        hash.update(chunk)
        bytes += chunk.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
    return { sha256: hash.digest('hex'), bytes, temporary }
  } catch (error) {
    await rm(temporary, { force: true })
    throw storageRefusal(error)
  }
}

/**
 * Makes the file part of the store, under its hash: two of one content share one file. Replacing an equal file is harmless
 * and heals a damaged one. The folder is flushed too, or the name could be lost. Whoever writes a row for it does both in
 * `keepContent`, or the file could be swept in between.
 */
export async function nameFile(
  dir: string,
  { temporary, sha256 }: Pick<UnnamedFile, 'temporary' | 'sha256'>,
): Promise<string> {
  try {
    const path = pathOf(dir, sha256)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(temporary, path)
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
    return path
  } catch (error) {
    await rm(temporary, { force: true })
    throw storageRefusal(error)
  }
}

/** A path on the same file system as the store, so that the last step is one rename. */
export async function newTemporaryPath(dir: string): Promise<string> {
  const folder = join(dir, 'incoming')
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageRefusal(error)
  })
  return join(folder, randomUUID())
}

export interface OpenedFile {
  bytes: number
  path: string
  /** A fresh stream on each call; both ends inclusive, as in HTTP ranges. */
  stream(range?: { start: number; end: number }): ReadableStream<Uint8Array>
}

/** Refuses with `media.missing` when the file is not there. */
export async function openFile(dir: string, sha256: string): Promise<OpenedFile> {
  const path = pathOf(dir, sha256)
  const found = await stat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) throw new Refusal('media.missing', { status: 404 })
    throw error
  })
  return { bytes: found.size, path, stream: (range) => streamFile(path, range) }
}

/** The caller knows that no other row points to this content. Returns false when the file was gone already. */
export async function removeFile(dir: string, sha256: string): Promise<boolean> {
  try {
    await rm(pathOf(dir, sha256))
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

/** The hashes of all files that got their names between these times, some hundreds at a time. */
export async function* namedBetween(dir: string, after: Date, before: Date): AsyncGenerator<string[]> {
  let found: string[] = []
  // One folder of the first level at a time: the store may hold a million files.
  for (const folder of await readdir(join(dir, 'files')).catch((): string[] => [])) {
    for (const entry of await readdir(join(dir, 'files', folder), { recursive: true }).catch((): string[] => [])) {
      const sha256 = basename(entry)
      if (!isHash(sha256)) continue
      const { mtime } = (await stat(pathOf(dir, sha256)).catch(() => null)) ?? {}
      if (mtime && mtime > after && mtime < before) found.push(sha256)
    }
    if (found.length < 500) continue
    yield found
    found = []
  }
  if (found.length > 0) yield found
}

/** Removes what a crash left half received. Returns how many files. */
export async function removeStaleTemporaries(dir: string, olderThan: Date): Promise<number> {
  const folder = join(dir, 'incoming')
  const names = await readdir(folder).catch((): string[] => [])
  let removed = 0
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (!found || found.mtime >= olderThan) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

/** A full disk is something a person can act upon; every other error stays what it is. */
export function storageRefusal(error: unknown): unknown {
  // EFBIG: the process or file system allows no larger file. EDQUOT: the account's share of the disk is used up.
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].some((code) => hasCode(error, code))
  return full ? new Refusal('storage.full', { status: 503 }) : error
}

async function receive(
  stream: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  path: string,
  { maxBytes, signal, field }: UploadOptions,
): Promise<{ sha256: string; bytes: number }> {
  signal?.throwIfAborted()
  const source =
    stream instanceof ReadableStream
      ? Readable.fromWeb(stream as NodeReadableStream, { signal })
      : Readable.from(stream, { signal, objectMode: false })
  const hash = createHash('sha256')
  let bytes = 0
  let file: FileHandle | undefined
  try {
    file = await open(path, 'wx', 0o600)
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > maxBytes) {
        throw new Refusal('media.too-large', { status: 413, field: field ?? 'file', params: { max: maxBytes } })
      }
      hash.update(chunk)
      await file.appendFile(chunk)
    }
    await file.sync()
  } finally {
    source.destroy()
    await file?.close()
  }
  return { sha256: hash.digest('hex'), bytes }
}

const isHash = (name: string) => /^[0-9a-f]{64}$/.test(name)

/** Two levels of folders keep each small. The check keeps a crafted name from leaving the store. */
function pathOf(dir: string, sha256: string): string {
  if (!isHash(sha256)) throw new Refusal('media.missing', { status: 404 })
  return join(dir, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

function streamFile(path: string, range?: { start: number; end: number }): ReadableStream<Uint8Array> {
  async function* read(): AsyncGenerator<Uint8Array> {
    const file = await open(path, 'r')
    yield* file.createReadStream({ ...range, highWaterMark: 256 * 1024 })
  }
  return Readable.toWeb(Readable.from(read(), { objectMode: false })) as ReadableStream<Uint8Array>
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code
