// Posts at the double: written once per key, read, edited, deleted, and seen in their thread.

import type { Hono } from 'hono'
import { checkedText, compose } from './compose.ts'
import { mediaJson, statusJson } from './entities.ts'
import { ApiError, type DoubleEnv, type Exchange, flag, personOf, text, tokenOf, viewerOf } from './exchange.ts'
import {
  type DoubleAccount,
  type DoubleApplication,
  type DoubleState,
  type DoubleStatus,
  nextId,
  notify,
  tell,
} from './state.ts'
import { mentionsIn } from './text.ts'

export function statusRoutes(app: Hono<DoubleEnv>, state: DoubleState): void {
  app.post('/api/v1/statuses', (exchange) => {
    const account = personOf(exchange, 'write:statuses')
    return exchange.json(statusJson(writeOnce(exchange, account, state), account, state))
  })
  app.get('/api/v1/statuses', (exchange) => {
    const viewer = viewerOf(exchange)
    const ids = exchange.req.queries('id[]') ?? exchange.req.queries('id') ?? []
    const found = ids.flatMap((id) =>
      state.statuses.filter((status) => status.id === id && mayRead(viewer, status, state)),
    )
    return exchange.json(found.map((status) => statusJson(status, viewer, state)))
  })
  app.get('/api/v1/statuses/:id', (exchange) =>
    exchange.json(statusJson(readable(exchange, state), viewerOf(exchange), state)),
  )
  app.put('/api/v1/statuses/:id', (exchange) => exchange.json(edit(exchange, state)))
  app.delete('/api/v1/statuses/:id', (exchange) => exchange.json(remove(exchange, state)))
  app.get('/api/v1/statuses/:id/context', (exchange) => exchange.json(contextOf(exchange, state)))
  app.get('/api/v1/statuses/:id/source', (exchange) => {
    const { id, text: written, spoiler } = own(exchange, state, 'read:statuses')
    return exchange.json({ id, text: written, spoiler_text: spoiler })
  })
}

// ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const keyLifetimeMs = 3_600_000

/** The same key from the same account gives the first post back, whatever else the request says. */
function writeOnce(exchange: Exchange, account: DoubleAccount, state: DoubleState): DoubleStatus {
  const header = exchange.req.header('idempotency-key')
  const honoured = header !== undefined && header !== '' && state.settings.idempotency === 'honoured'
  const key = `${account.id}:${header}`
  const now = state.settings.now().getTime()
  const known = honoured ? state.idempotency.get(key) : undefined
  if (known && known.until > now) {
    const first = state.statuses.find(({ id }) => id === known.statusId)
    if (!first) throw new ApiError(404, 'Record not found')
    return first
  }
  const status = write(exchange.get('params'), account, { application: tokenOf(exchange).application, state })
  if (honoured) state.idempotency.set(key, { statusId: status.id, until: now + keyLifetimeMs })
  return status
}

/** Also the way for a test or an audience to let somebody post. */
export function write(
  params: Record<string, unknown>,
  account: DoubleAccount,
  { application, state }: { application: DoubleApplication | null; state: DoubleState },
): DoubleStatus {
  const composed = compose(params, account, state)
  const status: DoubleStatus = {
    ...composed,
    id: nextId(state),
    account,
    application,
    createdAt: state.settings.now(),
    editedAt: null,
    reblogOf: null,
    favouritedBy: new Set(),
  }
  for (const media of status.media) media.statusId = status.id
  state.statuses.push(status)
  tell(state, { event: 'update', status })
  const mentioned = mentionsIn(status.text, state)
  for (const to of mentioned) notify(state, { to, type: 'mention', from: account, status })
  return status
}

function edit(exchange: Exchange, state: DoubleState) {
  const status = own(exchange, state, 'write:statuses')
  const params = exchange.get('params')
  const spoiler = text(params.spoiler_text) ?? status.spoiler
  status.text = checkedText((text(params.status) ?? status.text).trim(), spoiler, { media: status.media, state })
  status.spoiler = spoiler
  if (params.sensitive !== undefined) status.sensitive = flag(params.sensitive)
  status.editedAt = state.settings.now()
  tell(state, { event: 'status.update', status })
  return statusJson(status, status.account, state)
}

function remove(exchange: Exchange, state: DoubleState) {
  const status = own(exchange, state, 'write:statuses')
  const { content: _, ...shown } = statusJson(status, status.account, state)
  state.statuses = state.statuses.filter(({ id, reblogOf }) => id !== status.id && reblogOf?.id !== status.id)
  state.notifications = state.notifications.filter((notification) => notification.status.id !== status.id)
  for (const media of status.media) media.statusId = null
  tell(state, { event: 'delete', status })
  // With its source, so that a client can offer to write it anew.
  return {
    ...shown,
    content: '',
    text: status.text,
    media_attachments: status.media.map((media) => mediaJson(media, state)),
  }
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Nobody but the author and those mentioned sees direct posts; the double knows no followers for private ones. */
export function mayRead(viewer: DoubleAccount | null, status: DoubleStatus, state: DoubleState): boolean {
  if (status.visibility === 'public' || status.visibility === 'unlisted' || viewer?.id === status.account.id)
    return true
  return viewer !== null && mentionsIn(status.text, state).some(({ id }) => id === viewer.id)
}

export function readable(exchange: Exchange, state: DoubleState): DoubleStatus {
  const status = state.statuses.find(({ id }) => id === exchange.req.param('id'))
  if (!status || !mayRead(viewerOf(exchange), status, state)) throw new ApiError(404, 'Record not found')
  return status
}

function own(exchange: Exchange, state: DoubleState, scope: string): DoubleStatus {
  const account = personOf(exchange, scope)
  const status = readable(exchange, state)
  if (status.account.id !== account.id) throw new ApiError(404, 'Record not found')
  return status
}

function contextOf(exchange: Exchange, state: DoubleState) {
  const viewer = viewerOf(exchange)
  const status = readable(exchange, state)
  const json = (found: DoubleStatus[]) =>
    found.filter((other) => mayRead(viewer, other, state)).map((other) => statusJson(other, viewer, state))
  const ancestors: DoubleStatus[] = []
  for (let above = parentOf(status, state); above; above = parentOf(above, state)) ancestors.unshift(above)
  return { ancestors: json(ancestors), descendants: json(descendantsOf(status, state)) }
}

const parentOf = (status: DoubleStatus, state: DoubleState) => state.statuses.find(({ id }) => id === status.replyTo)

function descendantsOf(status: DoubleStatus, state: DoubleState): DoubleStatus[] {
  const replies = state.statuses.filter(({ replyTo }) => replyTo === status.id)
  return replies.flatMap((reply) => [reply, ...descendantsOf(reply, state)])
}
