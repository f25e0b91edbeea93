// One compressed file (tar.gz) that proves itself: its last entry is a manifest with the size and SHA-256 of every other one.

import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished, pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, type Pack, pack } from 'tar-stream'
import { z } from 'zod'

/** Why a file cannot be read as an archive, in a few words that end a sentence. */
export class ArchiveError extends Error {}

export interface ArchiveWriter {
  add(name: string, content: Uint8Array): Promise<void>
  /** `bytes` is what the source will give, exactly. Answers the SHA-256 of what it gave. */
  addStream(name: string, bytes: number, source: AsyncIterable<Uint8Array>): Promise<string>
  /** Writes the manifest, flushes everything to the disk, and only then gives the file its name. Answers its size. */
  finish(facts: unknown): Promise<number>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

/** tar-stream leaves open what its streams give; they give bytes. */
type TarEntry = AsyncIterable<Buffer> & { header: { name: string; size: number } }

const manifestName = 'manifest.json'
const manifestShape = z.object({
  format: z.literal(1),
  entries: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  facts: z.unknown(),
})
type Entries = z.infer<typeof manifestShape>['entries']

/** Pictures hardly shrink and rows shrink well at any level: a fast one. */
const compression = { level: 3 }

export function createArchive(path: string): ArchiveWriter {
  // Beside its later name, so that the last step is one rename.
  const temporary = `${path}.${process.pid}.part`
  const tar = pack()
  const file = createWriteStream(temporary, { flags: 'w', mode: 0o600, flush: true })
  const written = pipeline(tar, createGzip(compression), file)
  // Whoever writes next, or finishes, hears of a full disk; nobody listens before that.
  written.catch(() => {})
  const entries: Entries = []

  async function addStream(name: string, bytes: number, source: AsyncIterable<Uint8Array>): Promise<string> {
    const sha256 = await writeEntry(tar, { name, size: bytes }, source, written).catch(async (error) => {
      // The file gave up first, and it knows why.
      if (tar.destroying) await written
      throw error
    })
    entries.push({ name, bytes, sha256 })
    return sha256
  }

  const add = async (name: string, content: Uint8Array): Promise<void> => {
    await addStream(name, content.byteLength, once(content))
  }

  return {
    add,
    addStream,
    async finish(facts) {
      await add(manifestName, Buffer.from(`${JSON.stringify({ format: 1, entries, facts })}\n`))
      tar.finalize()
      await written
      await rename(temporary, path)
      await flushFolder(dirname(path))
      return (await stat(path)).size
    },
    async abandon() {
      tar.destroy()
      await written.catch(() => {})
      await rm(temporary, { force: true })
    },
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}

/** `broken` ends the waiting when the file takes nothing more. */
async function writeEntry(
  tar: Pack,
  header: { name: string; size: number },
  source: AsyncIterable<Uint8Array>,
  broken: Promise<void>,
): Promise<string> {
  const hash = createHash('sha256')
  const sink = tar.entry({ ...header, mode: 0o600 })
  const ended = finished(sink)
  ended.catch(() => {})
  for await (const chunk of source) {
    hash.update(chunk)
    if (sink.write(chunk)) continue
    await Promise.race([new Promise<void>((resolve) => sink.once('drain', () => resolve())), broken])
  }
  sink.end(null)
  await Promise.race([ended, broken])
  return hash.digest('hex')
}

/** A name is only safe once its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** One file of the archive; what is left of it after the visit is read and checked all the same. */
export interface ArchiveEntry {
  name: string
  bytes: number
  content: AsyncIterable<Uint8Array>
}

/**
 * Visits the entries in order and answers the facts of the manifest once everything agreed with it. A visit must therefore
 * not make anything final; reading the file twice, first without a visit, is the way to know beforehand.
 * @throws ArchiveError when the file is not an archive, or is cut off or damaged.
 */
export async function readArchive(path: string, visit?: (entry: ArchiveEntry) => Promise<void>): Promise<unknown> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  const tar = extract()
  const piped = pipeline(file, createGunzip(), tar)
  piped.catch(() => {})
  const seen: Entries = []
  let manifest: z.infer<typeof manifestShape> | null = null
  try {
    for await (const entry of tar as AsyncIterable<TarEntry>) {
      const name = entry.header.name
      if (name === manifestName) {
        manifest = parseManifest(await textOf(entry))
        continue
      }
      const hash = createHash('sha256')
      const bytes = entry.header.size
      const content = hashed(entry, hash)
      if (visit) await visit({ name, bytes, content })
      for await (const _ of content);
      seen.push({ name, bytes, sha256: hash.digest('hex') })
    }
    await piped
  } catch (error) {
    throw readingError(error)
  } finally {
    file.destroy()
    tar.destroy()
  }
  return agreed(manifest, seen)
}

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
}

async function textOf(source: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function parseManifest(text: string): z.infer<typeof manifestShape> {
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch {
    throw new ArchiveError('its manifest cannot be read')
  }
}

/** The whole file in the order in which it was written: nothing missing, added or changed. */
function agreed(manifest: z.infer<typeof manifestShape> | null, seen: Entries): unknown {
  if (!manifest) throw new ArchiveError(seen.length === 0 ? 'it is not an archive' : 'its end is missing')
  if (manifest.entries.length !== seen.length) throw new ArchiveError('files in it are missing')
  const wrong = manifest.entries.find((entry, index) => {
    const found = seen[index]!
    return found.name !== entry.name || found.bytes !== entry.bytes || found.sha256 !== entry.sha256
  })
  if (wrong) throw new ArchiveError(`${wrong.name} in it is damaged`)
  return manifest.facts
}

/** Decompression and tar speak of a damaged file in many words; our own errors and those of the visit stay what they are. */
function readingError(error: unknown): unknown {
  if (error instanceof ArchiveError) return error
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === 'Z_BUF_ERROR' || /unexpected end/i.test(message)) return new ArchiveError('its end is missing')
  if (code.startsWith('Z_')) return new ArchiveError('it is damaged or not an archive')
  return /tar header|invalid header|header exceeds/i.test(message)
    ? new ArchiveError('it is damaged or not an archive')
    : error
}
