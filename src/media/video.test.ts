// Sizes and lengths of videos written on the spot, and silence about those that cannot be read.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sniff } from './sniff.ts'
import { type Folder, temporaryFolder } from './testing/samples.ts'
import { probeVideo } from './video.ts'

let folder: Folder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

const description = Uint8Array.from([1, 66, 192, 30, 255, 225, 0, 4, 103, 66, 192, 30, 1, 0, 4, 104, 206, 60, 128])
const avc = { codec: 'avc1.42c01e', codedWidth: 640, codedHeight: 360, description }
const vp9 = { codec: 'vp09.00.10.08', codedWidth: 640, codedHeight: 360 }

/** Two seconds of empty pictures: the container is real, only the pictures in it are not. */
async function video(format: Mp4OutputFormat | WebMOutputFormat, rotation: 0 | 90 = 0): Promise<Buffer> {
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const webm = format instanceof WebMOutputFormat
  const source = new EncodedVideoPacketSource(webm ? 'vp9' : 'avc')
  output.addVideoTrack(source, webm ? {} : { rotation })
  await output.start()
  for (let at = 0; at < 50; at++) {
    const packet = new EncodedPacket(new Uint8Array(100), at % 25 === 0 ? 'key' : 'delta', at / 25, 1 / 25)
    await source.add(packet, { decoderConfig: webm ? vp9 : avc })
  }
  await output.finalize()
  return Buffer.from(target.buffer!)
}

describe('what the headers say', () => {
  const cases: [string, string, () => Promise<Buffer>, { width: number; height: number }][] = [
    ['an MP4', 'video/mp4', () => video(new Mp4OutputFormat({ fastStart: 'in-memory' })), { width: 640, height: 360 }],
    [
      'an MP4 with its index at the end',
      'video/mp4',
      () => video(new Mp4OutputFormat({ fastStart: false })),
      { width: 640, height: 360 },
    ],
    [
      'an MP4 in fragments',
      'video/mp4',
      () => video(new Mp4OutputFormat({ fastStart: 'fragmented' })),
      { width: 640, height: 360 },
    ],
    [
      'an upright video of a telephone',
      'video/mp4',
      () => video(new Mp4OutputFormat({ fastStart: false }), 90),
      { width: 360, height: 640 },
    ],
    [
      'a QuickTime video',
      'video/quicktime',
      () => video(new MovOutputFormat({ fastStart: false })),
      { width: 640, height: 360 },
    ],
    ['a WebM', 'video/webm', () => video(new WebMOutputFormat()), { width: 640, height: 360 }],
  ]
  test.each(cases)('%s', async (name, type, make, size) => {
    const path = await folder.put(`${name}.bin`, await make())
    expect((await sniff(path)).type).toBe(type)
    const facts = await probeVideo(path)
    expect(facts).toMatchObject(size)
    expect(facts.seconds).toBeCloseTo(2, 2)
  })
})

describe('nothing is known of', () => {
  const nothing = { width: null, height: null, seconds: null }

  test('a file that only begins like a video', async () => {
    const path = await folder.put(
      'fake.mp4',
      Buffer.from(`\0\0\0\x18ftypisom\0\0\0\0isommp41${'\0'.repeat(99)}`, 'latin1'),
    )
    expect(await probeVideo(path)).toEqual(nothing)
  })

  test('a video cut anywhere, and it does not hang or throw', async () => {
    const whole = await video(new Mp4OutputFormat({ fastStart: 'in-memory' }))
    for (const share of [0.01, 0.05, 0.1, 0.2]) {
      const path = join(folder.path, 'cut.mp4')
      await writeFile(path, whole.subarray(0, Math.floor(whole.length * share)))
      const facts = await probeVideo(path)
      expect(facts.width === null || facts.width === 640).toBe(true)
    }
  })

  test('an index that claims to have gigabytes', async () => {
    const whole = await video(new Mp4OutputFormat({ fastStart: 'in-memory' }))
    const at = whole.indexOf('moov') - 4
    whole.writeUInt32BE(0xfffffff0, at)
    const before = process.memoryUsage().rss
    await probeVideo(await folder.put('claim.mp4', whole))
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })
})
