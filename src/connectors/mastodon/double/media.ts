// Uploads at the double: taken, processed after a while, described, and shown.

import type { Hono } from 'hono'
import { mediaJson } from './entities.ts'
import { ApiError, type DoubleEnv, type Exchange, personOf, text } from './exchange.ts'
import { imageTypes, videoTypes } from './instance.ts'
import { type DoubleMedia, type DoubleState, nextId } from './state.ts'

export function mediaRoutes(app: Hono<DoubleEnv>, state: DoubleState): void {
  app.post('/api/v2/media', async (exchange) => {
    const media = await take(exchange, state)
    return exchange.json(mediaJson(media, state), isReady(media, state) ? 200 : 202)
  })
  // The older upload answers when the file is ready.
  app.post('/api/v1/media', async (exchange) => {
    const media = await take(exchange, state)
    media.readyAt = state.settings.now().getTime()
    return exchange.json(mediaJson(media, state))
  })
  app.get('/api/v1/media/:id', (exchange) => {
    const media = unattached(exchange, state)
    if (!isReady(media, state)) return exchange.json(mediaJson(media, state), 206)
    if (media.fails) throw new ApiError(422, 'Error processing thumbnail for uploaded media')
    return exchange.json(mediaJson(media, state))
  })
  app.put('/api/v1/media/:id', (exchange) => {
    const media = unattached(exchange, state)
    const description = text(exchange.get('params').description)
    if (description !== null) media.description = described(description, state)
    return exchange.json(mediaJson(media, state))
  })
  app.get('/media/:id/original', (exchange) => {
    const media = state.media.get(exchange.req.param('id'))
    if (!media) throw new ApiError(404, 'Record not found')
    return exchange.body(new Uint8Array(media.bytes), 200, { 'content-type': media.mime })
  })
}

export const isReady = (media: DoubleMedia, state: DoubleState): boolean =>
  media.readyAt <= state.settings.now().getTime()

async function take(exchange: Exchange, state: DoubleState): Promise<DoubleMedia> {
  const account = personOf(exchange, 'write:media')
  const { file, description } = exchange.get('params')
  if (!(file instanceof File)) throw new ApiError(422, "Validation failed: File can't be blank")
  const mime = file.type.split(';')[0]!
  const { imageBytes, videoBytes, mediaProcessingMs, mediaProcessingFails } = state.settings
  const [types, most] = mime.startsWith('video/') ? [videoTypes, videoBytes] : [imageTypes, imageBytes]
  if (!types.includes(mime)) throw new ApiError(422, 'Validation failed: File content type is invalid')
  if (file.size > most) throw new ApiError(422, `Validation failed: File file size must be less than ${most} bytes`)
  const media: DoubleMedia = {
    id: nextId(state),
    account,
    mime,
    fileName: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    description: typeof description === 'string' ? described(description, state) : null,
    readyAt: state.settings.now().getTime() + mediaProcessingMs,
    fails: mediaProcessingFails,
    statusId: null,
  }
  state.media.set(media.id, media)
  return media
}

function described(description: string, { settings }: DoubleState): string {
  if ([...description].length <= settings.descriptionLimit) return description
  throw new ApiError(
    422,
    `Validation failed: Description is too long (maximum is ${settings.descriptionLimit} characters)`,
  )
}

function unattached(exchange: Exchange, state: DoubleState): DoubleMedia {
  const account = personOf(exchange, 'write:media')
  const media = state.media.get(exchange.req.param('id') ?? '')
  if (!media || media.account.id !== account.id || media.statusId) throw new ApiError(404, 'Record not found')
  return media
}
