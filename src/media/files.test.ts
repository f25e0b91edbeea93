// A file is stored completely, once, and under its hash, or not at all.

import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { constants, open, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  adoptFile,
  nameFile,
  newTemporaryPath,
  openFile,
  receiveUpload,
  removeFile,
  removeStaleTemporaries,
  storageRefusal,
} from './files.ts'
import { type Folder, picture, temporaryFolder } from './testing/samples.ts'

let folder: Folder
beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(() => folder[Symbol.asyncDispose]())

const megabyte = 1_000_000
const save = (content: Uint8Array, options: { maxBytes?: number; signal?: AbortSignal } = {}) =>
  saveUpload(new Blob([new Uint8Array(content)]).stream(), { dir: folder.path, maxBytes: megabyte, ...options })
async function saveUpload(...[stream, options]: Parameters<typeof receiveUpload>) {
  const received = await receiveUpload(stream, options)
  return { ...received, path: await nameFile(options.dir, received) }
}
const stored = async () =>
  (await readdir(folder.path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
const png = () => picture({ width: 30, height: 20, noise: 4 }).png().toBuffer()

async function read(sha256: string, range?: { start: number; end: number }): Promise<Buffer> {
  const file = await openFile(folder.path, sha256)
  return Buffer.concat(await Array.fromAsync(file.stream(range)))
}

describe('a good upload', () => {
  test('is found under its hash, with its type by content', async () => {
    const content = await png()
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(await save(content)).toMatchObject({
      sha256,
      bytes: content.length,
      type: 'image/png',
      kind: 'image',
      extension: 'png',
    })
    expect(await read(sha256)).toEqual(content)
    expect(await read(sha256, { start: 1, end: 3 })).toEqual(Buffer.from('PNG'))
    expect((await openFile(folder.path, sha256)).bytes).toBe(content.length)
    expect(await stored()).toEqual([sha256])
  })

  test('of the same content shares one file, even when both come at once', async () => {
    const content = await png()
    const files = await Promise.all([save(content), save(content), save(content)])
    expect(new Set(files.map((file) => file.path)).size).toBe(1)
    expect(await stored()).toHaveLength(1)
  })

  test('heals a stored file that was damaged', async () => {
    const content = await png()
    const { path, sha256 } = await save(content)
    await writeFile(path, 'damaged')
    await save(content)
    expect(await read(sha256)).toEqual(content)
  })

  test('may come from any source of chunks', async () => {
    const content = await png()
    async function* slowly() {
      for (const byte of content) yield Uint8Array.of(byte)
    }
    expect(await saveUpload(slowly(), { dir: folder.path, maxBytes: megabyte })).toMatchObject({
      bytes: content.length,
    })
  })

  test('of exactly the largest size is taken', async () => {
    const content = await png()
    expect((await save(content, { maxBytes: content.length })).bytes).toBe(content.length)
    await expect(save(content, { maxBytes: content.length - 1 })).rejects.toMatchObject({
      code: 'media.too-large',
      status: 413,
      params: { max: content.length - 1 },
    })
  })
})

describe('a refused or broken upload leaves nothing behind', () => {
  test('when it is too large, and the rest is not even asked for', async () => {
    let sent = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 64_000
        controller.enqueue(new Uint8Array(64_000))
      },
      cancel: () => {
        cancelled = true
      },
    })
    await expect(saveUpload(endless, { dir: folder.path, maxBytes: megabyte })).rejects.toMatchObject({
      code: 'media.too-large',
    })
    await expect.poll(() => cancelled).toBe(true)
    expect(sent).toBeLessThan(3 * megabyte)
    expect(await stored()).toEqual([])
  })

  test.each([
    ['empty', new Uint8Array(), 'media.empty'],
    ['no media', new TextEncoder().encode('<svg/>'), 'media.svg'],
  ])('when it is %s', async (_name, content, code) => {
    await expect(save(content)).rejects.toMatchObject({ code })
    expect(await stored()).toEqual([])
  })

  test('when the sender goes away', async () => {
    let count = 0
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) =>
        ++count < 5 ? controller.enqueue(new Uint8Array(1000)) : controller.error(new Error('connection lost')),
    })
    await expect(saveUpload(broken, { dir: folder.path, maxBytes: megabyte })).rejects.toThrow('connection lost')
    expect(await stored()).toEqual([])
  })

  test('when it is stopped while waiting for a silent sender', async () => {
    const stop = new AbortController()
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      pull: () => new Promise(() => {}),
    })
    const saving = saveUpload(silent, { dir: folder.path, maxBytes: megabyte, signal: stop.signal })
    await expect.poll(stored).toHaveLength(1)
    stop.abort()
    await expect(saving).rejects.toMatchObject({ name: 'AbortError' })
    expect(await stored()).toEqual([])
  })
})

describe('a full disk', () => {
  test('is told as such: the error is the one of the real device', async () => {
    const device = await open('/dev/full', constants.O_WRONLY)
    const error = await device.write('x').catch((caught: unknown) => caught)
    await device.close()
    expect(storageRefusal(error)).toMatchObject({ code: 'storage.full', status: 503 })
    const other = new Error('other')
    expect(storageRefusal(other)).toBe(other)
  })

  test('leaves nothing behind', async () => {
    // A limit on the size of files fails a write in the middle, as a full disk does, without rights or a disk of its own.
    const script = `
      import { receiveUpload } from ${JSON.stringify(join(import.meta.dirname, 'files.ts'))}
      const head = Buffer.from('\\x89PNG\\r\\n\\x1a\\n', 'latin1')
      const stream = new Blob([head, new Uint8Array(3_000_000)]).stream()
      await receiveUpload(stream, { dir: process.argv[1], maxBytes: 9_000_000 }).catch((error) => console.log(error.code))`
    const shell = `trap '' XFSZ; ulimit -f 1000; exec "$0" --input-type=module -e "$1" "$2"`
    const result = spawnSync('bash', ['-c', shell, process.execPath, script, folder.path], { encoding: 'utf8' })
    expect(result.stdout.trim(), result.stderr).toBe('storage.full')
    expect(await stored()).toEqual([])
  })
})

describe('what is kept', () => {
  test('goes away on request, and a second time', async () => {
    const { sha256 } = await save(await png())
    expect(await removeFile(folder.path, sha256)).toBe(true)
    expect(await removeFile(folder.path, sha256)).toBe(false)
    await expect(openFile(folder.path, sha256)).rejects.toMatchObject({ code: 'media.missing', status: 404 })
  })

  test.each(['', '../../etc/passwd', 'A'.repeat(64), 'a'.repeat(63)])(
    'cannot be reached under the name "%s"',
    async (name) => {
      await expect(openFile(folder.path, name)).rejects.toMatchObject({ code: 'media.missing' })
      await expect(removeFile(folder.path, name)).rejects.toMatchObject({ code: 'media.missing' })
    },
  )

  test('a file of our own is taken over under its hash', async () => {
    const temporary = await newTemporaryPath(folder.path)
    await writeFile(temporary, 'made here')
    const sha256 = createHash('sha256').update('made here').digest('hex')
    expect(await adoptFile(temporary, folder.path)).toMatchObject({ sha256, bytes: 9 })
    expect(await stored()).toEqual([sha256])
  })

  test('what a crash left half received is removed when it is old', async () => {
    const [old, fresh] = [await newTemporaryPath(folder.path), await newTemporaryPath(folder.path)]
    await writeFile(old, 'half')
    await writeFile(fresh, 'half')
    await utimes(old, new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'))
    expect(await removeStaleTemporaries(folder.path, new Date('2026-01-02T00:00:00Z'))).toBe(1)
    expect(await stored()).toHaveLength(1)
    expect(await removeStaleTemporaries(join(folder.path, 'nowhere'), new Date())).toBe(0)
  })
})

test('an upload of 300 MB needs no more memory than a small one', async () => {
  const chunk = randomBytes(256 * 1024)
  const head = await png()
  const total = 300 * megabyte
  let sent = 0
  let pulls = 0
  let highest = 0
  // What is held, not what waits to be collected: a reader that falls behind or buffers shows here.
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  }
  const before = used()
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (++pulls % 50 === 0) highest = Math.max(highest, used() - before)
      const next = sent === 0 ? new Uint8Array(head) : new Uint8Array(chunk)
      sent += next.length
      controller.enqueue(next)
      if (sent >= total) controller.close()
    },
  })
  const file = await saveUpload(stream, { dir: folder.path, maxBytes: 2 * total })
  expect(file.bytes).toBe(sent)
  expect(highest).toBeGreaterThan(0)
  expect(highest).toBeLessThan(30 * megabyte)
}, 60_000)
