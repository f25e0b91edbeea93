// Tells what a file really is by its content, and refuses what must not be stored as media.

import { type FileHandle, open } from 'node:fs/promises'
import { Refusal } from '../lib/refusal.ts'
import { type MediaKind, mediaTypes } from './rules.ts'

export interface Sniffed {
  type: string
  kind: MediaKind
  extension: string
}

export interface SniffOptions {
  /** Input path that refusals name. */
  field?: string
  /** What may be stored here; images and videos unless said otherwise. */
  kinds?: readonly MediaKind[]
}

/** Accepts a media file or refuses with a code of its own for each reason. The file's name plays no part. */
export async function sniff(
  path: string,
  { field = 'file', kinds = ['image', 'video'] }: SniffOptions = {},
): Promise<Sniffed> {
  const { type, alsoType } = await detectType(path)
  const reason = refusedTypes[type ?? 'unknown']
  if (reason) throw new Refusal(reason, { field })
  const known = type === null ? undefined : mediaTypes[type]
  if (type === null || !known || !kinds.includes(known.kind)) {
    throw new Refusal('media.type-not-allowed', { field, params: { type: type ?? 'unknown' } })
  }
  if (alsoType) throw new Refusal('media.polyglot', { field, params: { type, also: alsoType } })
  return { type, kind: known.kind, extension: known.extension }
}

/** `alsoType`: what another program would take the same bytes for. null: nothing we know. */
export async function detectType(path: string): Promise<{ type: string | null; alsoType: string | null }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) return { type: 'inode/x-empty', alsoType: null }
    const head = await readAt(file, 0, headBytes)
    const type = textType(head) ?? archiveType(head) ?? (await binaryType(path))
    const tail = await readAt(file, Math.max(0, size - tailBytes), tailBytes)
    return { type, alsoType: type === null ? null : hiddenType(head, tail, type) }
  } finally {
    await file.close()
  }
}

const headBytes = 4096
/** The end record of a ZIP file may be followed by a comment of at most 65,535 bytes. */
const tailBytes = 65_535 + 22

const refusedTypes: Record<string, string> = {
  unknown: 'media.type-unknown',
  'inode/x-empty': 'media.empty',
  // An SVG is a program: it may hold scripts and fetch from elsewhere, and no network takes it.
  'image/svg+xml': 'media.svg',
  'text/html': 'media.html',
  'application/zip': 'media.archive',
  'application/gzip': 'media.archive',
  'application/x-7z-compressed': 'media.archive',
  'application/x-rar-compressed': 'media.archive',
  // HEVC is patented; the free decoders we ship cannot read it. Telephones export JPEG on request.
  'image/heic': 'media.heic',
  'image/heif': 'media.heic',
  'image/heic-sequence': 'media.heic',
  'image/heif-sequence': 'media.heic',
}

async function binaryType(path: string): Promise<string | null> {
  const { fileTypeFromFile } = await import('file-type')
  // A malformed file makes the detector throw in places; then we do not know what it is.
  const found = await fileTypeFromFile(path).catch(() => undefined)
  return found ? (aliases[found.mime] ?? found.mime) : null
}

/** Names of one thing: an animated PNG is a PNG whose first picture everyone shows, M4V is MP4 under another brand. */
const aliases: Record<string, string> = { 'image/apng': 'image/png', 'video/x-m4v': 'video/mp4' }

function archiveType(head: Uint8Array): string | null {
  return startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06') ? 'application/zip' : null
}

function textType(head: Uint8Array): string | null {
  const text = decodeText(head)
    .replace(/^\s*<\?xml[^>]*\?>/i, '')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .trimStart()
  if (/^(<!doctype\s+svg|<([\w.-]+:)?svg[\s>/])/i.test(text)) return 'image/svg+xml'
  // An internal subset of entities may stand between the document type and the root.
  if (/^<!doctype/i.test(text) && /<svg[\s>]/i.test(text) && !/^<!doctype\s+html/i.test(text)) return 'image/svg+xml'
  if (/^<(!doctype\s+html|html|head|body|script|iframe|title|style|meta|link|table|div|h1|p|a|br)[\s>/]/i.test(text)) {
    return 'text/html'
  }
  return null
}

function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

/** Files that are two things at once: an archive or document glued to a picture, or markup where browsers look for it. */
function hiddenType(head: Uint8Array, tail: Uint8Array, type: string): string | null {
  if (!(type in mediaTypes)) return null
  if (endsWithZip(tail)) return 'application/zip'
  const early = Buffer.from(head).toString('latin1').slice(0, 1024)
  if (type !== 'application/pdf' && early.includes('%PDF-')) return 'application/pdf'
  if (type.startsWith('image/') && /<(script|html|!doctype html|body|iframe|svg|\?php)[\s>]/i.test(early))
    return 'text/html'
  return null
}

/** The end record only counts when its comment reaches exactly to the end: four chance bytes are no archive. */
function endsWithZip(tail: Uint8Array): boolean {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength)
  const mark = Buffer.from('PK\x05\x06', 'latin1')
  for (let at = bytes.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(mark, at - 1)) {
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true
  }
  return false
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

const startsWith = (bytes: Uint8Array, mark: string) =>
  Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark
