// What a file is by content, and which files are refused why.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sniff } from './sniff.ts'
import { type Folder, gifBomb, movingGif, picture, temporaryFolder, zipFile } from './testing/samples.ts'

let folder: Folder
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

const small = { width: 20, height: 10 }
const box = (brand: string) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${brand}\0\0\0\0${brand}mp41`, 'latin1'),
    Buffer.alloc(64),
  ])
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
const webm = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701', 'hex'),
  Buffer.alloc(64),
])

describe('a file is taken for what it contains, whatever its name says', () => {
  const cases: [string, string, () => Promise<Buffer> | Buffer][] = [
    ['a.jpg', 'image/jpeg', () => picture(small).jpeg().toBuffer()],
    ['a.png', 'image/png', () => picture(small).png().toBuffer()],
    ['jpeg.png', 'image/jpeg', () => picture(small).jpeg().toBuffer()],
    ['a.gif', 'image/gif', () => movingGif(8, 8, 3)],
    ['a.webp', 'image/webp', () => picture(small).webp().toBuffer()],
    ['a.avif', 'image/avif', () => picture({ width: 64, height: 64 }).avif({ effort: 0 }).toBuffer()],
    ['a.mp4', 'video/mp4', () => box('isom')],
    ['a.m4v', 'video/mp4', () => box('M4V ')],
    ['a.mov', 'video/quicktime', () => box('qt  ')],
    ['a.webm', 'video/webm', () => webm],
    ['a.pdf', 'application/pdf', () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')],
    // Metadata of honest cameras begins with "<", which must not be taken for markup.
    [
      'xmp.jpg',
      'image/jpeg',
      () => picture(small).withXmp('<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>').jpeg().toBuffer(),
    ],
  ]
  test.each(cases)('%s is %s', async (name, type, make) => {
    expect((await sniff(await folder.put(name, await make()), { kinds: ['image', 'video', 'document'] })).type).toBe(
      type,
    )
  })
})

describe('what must not be stored is refused with its reason', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const cases: [string, string, () => Promise<Buffer> | Buffer | string][] = [
    ['empty.png', 'media.empty', () => ''],
    ['plain.svg', 'media.svg', () => svg],
    ['svg.png', 'media.svg', () => `\uFEFF<?xml version="1.0"?>\n<!-- hello -->\n<!DOCTYPE svg PUBLIC "x" "y">${svg}`],
    ['prefixed.svg', 'media.svg', () => '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
    ['entities.svg', 'media.svg', () => `<!DOCTYPE test [ <!ENTITY x "y"> ]>${svg}`],
    ['wide.svg', 'media.svg', () => utf16(svg)],
    ['page.jpg', 'media.html', () => '\n<!doctype html><html></html>'],
    ['script.gif', 'media.html', () => '<script>alert(1)</script>'],
    ['zip.png', 'media.archive', () => zipFile()],
    ['svgz.svgz', 'media.archive', () => Buffer.from('1f8b0800000000000003', 'hex')],
    ['phone.heic', 'media.heic', () => box('heic')],
    ['paper.pdf where only pictures belong', 'media.type-not-allowed', () => '%PDF-1.7\n'],
    ['notes.txt', 'media.type-unknown', () => 'just words'],
    ['noise.bin', 'media.type-unknown', () => Buffer.alloc(5000, 0x55)],
    ['program', 'media.type-not-allowed', () => Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(64)}`, 'latin1')],
    [
      'song.mp3',
      'media.type-not-allowed',
      () => Buffer.from(`ID3\x04\0\0\0\0\0\0${'\xff\xfb\x90\x64'}${'\0'.repeat(500)}`, 'latin1'),
    ],
    ['gif-and-zip.gif', 'media.polyglot', async () => Buffer.concat([await movingGif(8, 8, 2), zipFile()])],
    [
      'zip-comment.jpg',
      'media.polyglot',
      async () => Buffer.concat([await picture(small).jpeg().toBuffer(), zipFile('x'.repeat(60_000))]),
    ],
    [
      'gif-and-page.gif',
      'media.polyglot',
      () =>
        Buffer.concat([
          gifBomb(1, 1, 1).subarray(0, 19),
          Buffer.from('!\xfe\x19<script>alert(1)</script>\0;', 'latin1'),
        ]),
    ],
    [
      'jpeg-and-pdf.jpg',
      'media.polyglot',
      async () => {
        const jpeg = await picture(small).jpeg().toBuffer()
        return Buffer.concat([
          jpeg.subarray(0, 2),
          Buffer.from('\xff\xfe\x00\x0b%PDF-1.7\n', 'latin1'),
          jpeg.subarray(2),
        ])
      },
    ],
  ]
  test.each(cases)('%s: %s', async (name, code, make) => {
    const path = await folder.put(name, await make())
    await expect(sniff(path, { field: 'upload' })).rejects.toMatchObject({ code, field: 'upload' })
  })

  test('four bytes that look like the end of an archive by chance are no archive', async () => {
    const jpeg = await picture(small).jpeg().toBuffer()
    const path = await folder.put(
      'chance.jpg',
      Buffer.concat([jpeg, Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(40, 1)]),
    )
    expect((await sniff(path)).type).toBe('image/jpeg')
  })
})
