// Takes a file in: stored once by its content, looked at before anybody can use it, and refused without a trace.

import { record } from '../events/actions.ts'
import { newId } from '../lib/ids.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { type MediaRow, type MediaShown, shown } from './actions.ts'
import { keepContent, mediaFolder } from './content.ts'
import { receiveUpload } from './files.ts'
import { probeImage } from './image.ts'
import { probeVideo } from './video.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config'>
type Facts = Pick<MediaRow, 'width' | 'height' | 'seconds'>

const maxBytes = { image: 30_000_000, video: 100_000_000 }

/** Stores the content once, whatever it is called; the picture is looked at before anybody can use it. */
export async function uploadMedia(
  services: Deps,
  caller: Caller,
  given: { file: File; alt: string },
): Promise<MediaShown> {
  const { received, kind, facts } = await receive(services, given.file)
  return keepContent(services, caller.orgId, received, async (tx) => {
    const [id, now] = [newId(), services.clock()]
    const row = await tx
      .insertInto('media')
      .values({
        org_id: caller.orgId,
        id,
        sha256: received.sha256,
        file_name: cleanName(given.file.name, received.extension),
        kind,
        type: received.type,
        bytes: received.bytes,
        width: facts.width,
        height: facts.height,
        seconds: facts.seconds,
        alt: given.alt,
        created_at: now,
        created_by: caller.memberId,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'media.uploaded',
      subject: { kind: 'media', id },
      facts: { type: received.type, bytes: received.bytes, sha256: received.sha256 },
    })
    return shown(row)
  })
}

/** Looked at while it still has no name: what cannot be used leaves no file behind. */
async function receive({ config }: Pick<Services, 'config'>, file: File) {
  let facts: Facts = { width: null, height: null, seconds: null }
  const received = await receiveUpload(file.stream(), {
    dir: mediaFolder(config),
    maxBytes: maxBytes.video,
    async inspect(path, { kind, bytes }) {
      const max = kind === 'video' ? maxBytes.video : maxBytes.image
      if (bytes > max) throw new Refusal('media.too-large', { status: 413, field: 'file', params: { max } })
      facts = kind === 'video' ? await probeVideo(path) : { ...(await probeImage(path)), seconds: null }
    },
  })
  return { received, kind: received.kind === 'video' ? 'video' : 'image', facts }
}

const cleanName = (name: string, extension: string): string =>
  name
    .replace(/[\p{Cc}/\\]/gu, '')
    .trim()
    .slice(0, 200)
    .toWellFormed() || `file.${extension}`
