// Sends a file to the server with its progress, which `fetch` cannot tell.

import { type client, type Output, Refused } from '../../kit/api.ts'
import type { RefusalParams } from '../../lib/refusal.ts'

export type Media = Output<typeof client.media.read>

interface UploadOptions {
  /** From 0 to 1. */
  progress: (share: number) => void
  signal: AbortSignal
  folderId?: string | null
  /** For an answer there. */
  conversationId?: string
  /** A file of the same content that is there already is answered instead of adding another one. */
  takeKnown?: boolean
}

/** @throws Refused with the server's reason; nothing when it was stopped. */
export function uploadMedia(
  orgId: string,
  file: File,
  { progress, signal, folderId, conversationId, takeKnown }: UploadOptions,
): Promise<Media & { known: boolean }> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append('file', file, file.name)
    if (folderId) body.append('folderId', folderId)
    if (conversationId) body.append('conversationId', conversationId)
    if (takeKnown) body.append('ifKnown', 'take')
    request.open('POST', `/api/v1/orgs/${orgId}/media`)
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total)
    }
    request.onload = () =>
      request.status < 300 ? done(request.response as Media & { known: boolean }) : failed(refusedOf(request))
    request.onerror = () => failed(new Refused({ code: 'offline' }))
    request.onabort = () => failed(new DOMException('Stopped', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function refusedOf({ status, response }: XMLHttpRequest): Refused {
  const { code, field, params } = ((response as { data?: object } | null)?.data ?? {}) as {
    code?: string
    field?: string
    params?: RefusalParams
  }
  return new Refused({
    code: code ?? (status === 413 ? 'media.too-large' : 'internal-server-error'),
    field,
    params: params ?? {},
    status,
  })
}
