// Bluesky by the firehose of a server (PDS) or relay: everything that its repositories write, from a place on.

import { z } from 'zod'
import type { Json } from '../../contract.ts'
import { batchesOf } from '../../heard.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../../listen.ts'
import { type FirehoseState, readFirehoseMessage, UnknownSeq } from './firehose-messages.ts'
import { explainHandshake, originOf } from './server-address.ts'

/**
 * What a server says is believed: signatures and the tree of a repository are not checked, because the server is one that
 * somebody chose to listen to. Commits that a relay passes on are as true as the relay.
 */
export const firehoseKind: SourceKind = {
  key: 'firehose',
  label: 'Everything on one server (firehose)',
  help: 'All that the people of one server write, such as your own organisation’s. No account is needed.',
  way: 'stream',
  shared: true,
  needsAccount: false,
  fields: [{ key: 'server', label: 'Server', kind: 'url', required: true }],
  normalise(values) {
    const server = originOf(values.server ?? '')
    return server === null ? { field: 'server', code: 'address-invalid' } : { settings: { server } }
  },
  stream: firehose,
}

const settingsSchema = z.object({ server: z.string() })
const placeSchema = z.object({ seq: z.number().nonnegative().nullable(), at: z.number().positive() })

/** A commit holds up to 2 MB of blocks (https://atproto.com/specs/sync). */
const maxBytes = 5_000_000

async function* firehose(session: ListenSession, cursor: Json): AsyncGenerator<StreamBatch> {
  const { server } = settingsSchema.parse(session.settings)
  const parsed = placeSchema.safeParse(cursor)
  const place = parsed.success ? parsed.data : { seq: null, at: session.now().getTime() }
  const state: FirehoseState = { place: { ...place }, ignoreBefore: 0, doubt: null }
  // A place without a number is a time: only all that the server has can be asked for, and what is older is passed over.
  let since = parsed.success ? (place.seq ?? 0) : null
  if (parsed.success && place.seq === null) state.ignoreBefore = place.at
  for (let anew = false; ; anew = true) {
    const query = since === null ? '' : `?cursor=${since}`
    const url = `${server}/xrpc/com.atproto.sync.subscribeRepos${query}`
    const stream = await session.transport.webSocket({ url, maxBytes, explain: explainHandshake })
    try {
      yield* batchesOf(stream, {
        signal: session.signal,
        read: (message, into) => readFirehoseMessage(message, state, into),
        cursor: () => ({ ...state.place }),
      })
      return
    } catch (error) {
      if (!(error instanceof UnknownSeq) || anew) throw error
      Object.assign(state, {
        place: { seq: null, at: state.place.at },
        ignoreBefore: state.place.at,
        doubt: 'server-restarted',
      })
      since = 0
    }
  }
}
