// What hangs on a post: images, one video, or the card of a link, with their files uploaded as blobs.

import type { DraftMedia, Json, LinkCard, MediaFile, Segment, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { authorizeWith } from './authorize.ts'
import { maxPlainImages, maxThumbBytes } from './limits.ts'
import { readAccount } from './profile.ts'
import { type Blob, type Credentials, uploadedBlob } from './wire.ts'
import { procedure } from './xrpc.ts'

export interface Embed {
  embed: { [key: string]: Json } | null
  blobs: { media: string; cid: string }[]
}

type Upload = (file: MediaFile) => Promise<Blob>

export async function makeEmbed(session: Session, credentials: Credentials, segment: Segment): Promise<Embed> {
  const blobs: Embed['blobs'] = []
  const upload: Upload = async (file) => {
    // A stream that a server refuses half-way ends in a broken connection instead of an answer, so first a small call
    // finds out whether the token is good.
    if (blobs.length === 0) await readAccount(session, credentials)
    const uploaded = await uploadBlob(session, credentials, file)
    blobs.push({ media: file.id, cid: uploaded.ref.$link })
    return uploaded
  }
  return { embed: await embedOf(session, segment, upload), blobs }
}

/** Safe to repeat: a blob is named after its content. */
export async function uploadBlob(session: Session, credentials: Credentials, file: MediaFile): Promise<Blob> {
  const { blob } = await procedure(session, {
    base: credentials.pds,
    authorize: authorizeWith(credentials),
    id: 'com.atproto.repo.uploadBlob',
    stream: { type: file.type, open: () => file.open() },
    timeoutMs: 30_000 + Math.ceil(file.bytes / slowestBytesPerMs),
    schema: uploadedBlob,
  })
  return blob
}

/** A poor uplink, 2 Mbit/s. */
const slowestBytesPerMs = 250

async function embedOf(session: Session, { media, link }: Segment, upload: Upload): Promise<Embed['embed']> {
  const video = media.find((item) => item.kind === 'video')
  if (video) return videoEmbed(session, video, upload)
  if (media.length > 0) return imagesEmbed(session, media, upload)
  return link ? cardEmbed(session, link, upload) : null
}

async function imagesEmbed(session: Session, media: DraftMedia[], upload: Upload): Promise<Embed['embed']> {
  const images: { image: Blob; alt: string; aspectRatio?: AspectRatio }[] = []
  for (const item of media) {
    const file = await session.media(item.id)
    images.push({ image: await upload(file), alt: item.alt.toWellFormed(), ...aspectRatio(file, item) })
  }
  if (images.length <= maxPlainImages) return { $type: 'app.bsky.embed.images', images }
  const unsized = images.findIndex((image) => image.aspectRatio === undefined)
  if (unsized >= 0)
    throw new ConnectorError({ kind: 'rejected', code: 'media.size-unknown', field: `media.${unsized}` })
  const items = images.map((image) => ({ $type: 'app.bsky.embed.gallery#image', ...image }))
  return { $type: 'app.bsky.embed.gallery', items }
}

async function videoEmbed(session: Session, item: DraftMedia, upload: Upload): Promise<Embed['embed']> {
  const file = await session.media(item.id)
  const video = await upload(file)
  const embed: { [key: string]: Json } = { $type: 'app.bsky.embed.video', video, ...aspectRatio(file, item) }
  if (item.alt.trim() !== '') embed.alt = item.alt.toWellFormed()
  return embed
}

async function cardEmbed(session: Session, link: LinkCard, upload: Upload): Promise<Embed['embed']> {
  const thumb = link.imageId === undefined ? null : await thumbOf(session, link.imageId, upload)
  const { url: uri, title, description } = link
  const external = { uri, title: title.toWellFormed(), description: description.toWellFormed() }
  return { $type: 'app.bsky.embed.external', external: thumb ? { ...external, thumb } : external }
}

/** A card without its picture is better than no post. */
async function thumbOf(session: Session, imageId: string, upload: Upload): Promise<Blob | null> {
  const file = await session.media(imageId)
  if (file.bytes <= maxThumbBytes && file.type.startsWith('image/')) return upload(file)
  session.log('card sent without its picture, which is too large or no image', { bytes: file.bytes, type: file.type })
  return null
}

type AspectRatio = { width: number; height: number }

/** The file as rendered knows best; the draft knows what it was made from. Left out where nobody knows. */
function aspectRatio(file: MediaFile, item: DraftMedia): { aspectRatio?: AspectRatio } {
  const { width, height } = file.width !== null && file.height !== null ? file : item
  return width !== null && height !== null && width > 0 && height > 0 ? { aspectRatio: { width, height } } : {}
}
