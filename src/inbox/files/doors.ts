// Hands out files that came with messages and lie at their network: to whoever sees the conversation, and never as anything that runs.

import type { Hono } from 'hono'
import { accountRow, sessionFor } from '../../accounts/session.ts'
import type { Doors } from '../../app.ts'
import { asConnectorError } from '../../connectors/errors.ts'
import { findConnector } from '../../connectors/registry.ts'
import { readInOrg, seenBy } from '../../db/tx.ts'
import { uuidPattern } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { encodedName } from '../../media/doors.ts'
import type { Services } from '../../services.ts'
import { isProgram, safeName, typeOf } from './rules.ts'
import { findFile } from './store.ts'

const patienceMs = 60_000

/** Mounted before the files of the library, which answer everything else below this address. */
export function mountMessageFiles(app: Hono, doors: Pick<Doors, 'admit'>, services: Services): void {
  app.get(`/files/:org{${uuidPattern}}/messages/:id{${uuidPattern}}/:position{[0-9]{1,3}}`, async (c) => {
    const { org, id, position } = c.req.param()
    const { memberId } = await doors.admit(c.req.raw, org, 'inbox.read')
    const { name, bytes } = await fetchFile(services, { orgId: org, memberId, id, position: Number(position) })
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': typeOf(bytes),
      'content-disposition': `attachment; filename*=UTF-8''${encodedName(name)}`,
      'content-length': String(bytes.length),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
  })
}

interface Wanted {
  orgId: string
  memberId: string
  id: string
  position: number
}

/** @throws Refusal `not-found`, `attachment-is-program`, `attachment-gone`, `attachment-too-large`, `network-did-not-answer`. */
async function fetchFile(services: Services, { orgId, memberId, id, position }: Wanted) {
  const found = await readInOrg(seenBy(services.db, { memberId }), orgId, async (tx) => {
    const message = await findFile(tx, orgId, { id, position })
    return message && { message, account: await accountRow(tx, orgId, message.account_id) }
  })
  if (!found) throw notFound('file')
  const read = findConnector(found.account.connector)?.inbox?.file
  if (!read) throw notFound('file')
  const session = sessionFor(services, found.account, { signal: AbortSignal.timeout(patienceMs) })
  const file = await read(session, found.message.ref, position).catch((error) => {
    const { kind, code } = asConnectorError(error, false)
    if (code === 'file-gone') throw new Refusal('attachment-gone', { status: 410 })
    if (code === 'file-too-large') throw new Refusal('attachment-too-large', { status: 413 })
    throw new Refusal('network-did-not-answer', { status: 503, params: { kind, code } })
  })
  const name = safeName(file.name ?? found.message.name)
  if (isProgram(name, file.bytes)) throw new Refusal('attachment-is-program', { status: 422, params: { name } })
  return { name, bytes: file.bytes }
}
