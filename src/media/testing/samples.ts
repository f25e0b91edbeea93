// Files for tests of media: real ones made on the spot, and crafted ones that lie about themselves.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

export interface Folder extends AsyncDisposable {
  path: string
  /** Writes a file and returns its path. */
  put(name: string, content: Uint8Array | string): Promise<string>
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'longrun-media-'))
  return {
    path,
    put: async (name, content) => {
      await writeFile(join(path, name), content)
      return join(path, name)
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

export interface Picture {
  width: number
  height: number
  alpha?: boolean
  /** Noise is the worst case for every encoder; the seed makes it the same each time. */
  noise?: number
}

export function picture({ width, height, alpha = false, noise }: Picture) {
  const channels = alpha ? 4 : 3
  const pixels = Buffer.alloc(width * height * channels)
  let state = noise ?? 0
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    pixels[at] = noise === undefined ? (at / channels) % 251 : state >>> 24
  }
  return sharp(pixels, { raw: { width, height, channels } })
}

/** Left half red, right half blue, both in their upper half; the lower half is white. */
export function quarters(width: number, height: number) {
  const half = { width: width / 2, height: height / 2 }
  const block = (background: string, left: number) => ({
    input: { create: { ...half, channels: 3 as const, background } },
    left,
    top: 0,
  })
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite([
    block('#ff0000', 0),
    block('#0000ff', width / 2),
  ])
}

export async function movingGif(width: number, height: number, frames: number): Promise<Buffer> {
  const pixels = await picture({ width, height: height * frames, noise: 7 })
    .raw()
    .toBuffer()
  return sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ delay: Array(frames).fill(50) })
    .toBuffer()
}

/** A PNG whose header promises any size while its content stays small. */
export function pngBomb(width: number, height: number, contentBytes = 1_000_000): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(contentBytes), { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** A GIF whose frames promise any size with hardly any content: 23 bytes a frame, megapixels each when decoded. */
export function gifBomb(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.alloc(13)
  screen.write('GIF89a', 0, 'latin1')
  screen.writeUInt16LE(width, 6)
  screen.writeUInt16LE(height, 8)
  screen[10] = 0x80
  const palette = Buffer.from([0, 0, 0, 255, 255, 255])
  const frame = Buffer.from('2c000000000000000000020244010000', 'hex').subarray(0, 15)
  frame.writeUInt16LE(width, 5)
  frame.writeUInt16LE(height, 7)
  const control = Buffer.from('21f904000a000000', 'hex')
  return Buffer.concat([screen, palette, ...Array(frames).fill(Buffer.concat([control, frame])), Buffer.from(';')])
}

/** The smallest archive that unpackers accept: one empty file. */
export function zipFile(comment = ''): Buffer {
  const name = Buffer.from('a.txt')
  const local = Buffer.alloc(30)
  local.write('PK\x03\x04', 0, 'latin1')
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.write('PK\x01\x02', 0, 'latin1')
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(local.length + name.length, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([local, name, central, name, end, Buffer.from(comment, 'latin1')])
}

function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
