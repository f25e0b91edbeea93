// How direct messages are named: by their conversation and their own id, and what a reference to one carries.

import { z } from 'zod'
import type { RemoteRef } from '../../contract.ts'

export const convoThread = (convoId: string): string => `chat.bsky.convo/${convoId}`

export const messageId = (convoId: string, id: string): string => `${convoThread(convoId)}/${id}`

const proofSchema = z.object({ convo: z.string(), author: z.string() })

export function refOfMessage(convoId: string, { id, author }: { id: string; author: string }): RemoteRef {
  return {
    id: messageId(convoId, id),
    url: `https://bsky.app/messages/${encodeURIComponent(convoId)}`,
    proof: { convo: convoId, author },
  }
}

/** null: it is no direct message. */
export function chatRef(ref: RemoteRef | null): { convo: string; message: string; author: string } | null {
  const proof = ref?.id.startsWith('chat.bsky.convo/') ? proofSchema.safeParse(ref.proof) : null
  if (!ref || !proof?.success) return null
  return { ...proof.data, message: ref.id.slice(convoThread(proof.data.convo).length + 1) }
}
