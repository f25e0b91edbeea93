// Accounts and their posts, timelines, search and notifications at the double.

import type { Hono } from 'hono'
import { accountJson, credentialAccountJson, notificationJson, relationshipJson, statusJson } from './entities.ts'
import { ApiError, type DoubleEnv, type Exchange, flag, page, personOf, viewerOf } from './exchange.ts'
import { type DoubleAccount, type DoubleState, type DoubleStatus, findAccount, isLocal } from './state.ts'
import { mayRead } from './statuses.ts'
import { tagsIn } from './text.ts'

export function peopleRoutes(app: Hono<DoubleEnv>, state: DoubleState): void {
  app.get('/api/v1/accounts/verify_credentials', (exchange) =>
    exchange.json(credentialAccountJson(personOf(exchange, 'read:accounts', 'profile'), state)),
  )
  app.get('/api/v1/accounts/lookup', (exchange) => {
    const account = findAccount(state, (exchange.req.query('acct') ?? '').replace(/^@/, ''))
    if (!account) throw new ApiError(404, 'Record not found')
    return exchange.json(accountJson(account, state))
  })
  app.get('/api/v1/accounts/:id', (exchange) => exchange.json(accountJson(accountAt(exchange, state), state)))
  for (const verb of ['mute', 'block'] as const) {
    app.post(`/api/v1/accounts/:id/${verb}`, (exchange) =>
      exchange.json(spare(exchange, state, { verb, spared: true })),
    )
    app.post(`/api/v1/accounts/:id/un${verb}`, (exchange) =>
      exchange.json(spare(exchange, state, { verb, spared: false })),
    )
  }
  app.get('/api/v1/accounts/:id/statuses', (exchange) => exchange.json(statusesOf(exchange, state)))
  app.get('/api/v1/timelines/home', (exchange) => {
    personOf(exchange, 'read:statuses')
    return exchange.json(shown(exchange, state.statuses, state))
  })
  app.get('/api/v1/timelines/public', (exchange) => {
    const local = flag(exchange.req.query('local'))
    const open = publicStatuses(state).filter(({ account }) => !local || isLocal(account))
    return exchange.json(shown(exchange, open, state))
  })
  app.get('/api/v1/timelines/tag/:hashtag', (exchange) => {
    const tag = exchange.req.param('hashtag').toLowerCase()
    return exchange.json(
      shown(
        exchange,
        publicStatuses(state).filter(({ text }) => tagsIn(text).includes(tag)),
        state,
      ),
    )
  })
  app.get('/api/v1/timelines/list/:id', (exchange) => {
    personOf(exchange, 'read:lists')
    const members = state.lists.get(exchange.req.param('id'))
    if (!members) throw new ApiError(404, 'Record not found')
    return exchange.json(
      shown(
        exchange,
        state.statuses.filter(({ account }) => members.has(account.id)),
        state,
      ),
    )
  })
  app.get('/api/v2/search', (exchange) => exchange.json(search(exchange, state)))
  app.get('/api/v1/notifications', (exchange) => exchange.json(notificationsOf(exchange, state)))
}

const publicStatuses = (state: DoubleState): DoubleStatus[] =>
  state.statuses.filter(({ visibility, reblogOf }) => visibility === 'public' && !reblogOf)

function accountAt(exchange: Exchange, state: DoubleState): DoubleAccount {
  const account = state.accounts.find(({ id }) => id === exchange.req.param('id'))
  if (!account) throw new ApiError(404, 'Record not found')
  return account
}

function spare(exchange: Exchange, state: DoubleState, { verb, spared }: { verb: 'mute' | 'block'; spared: boolean }) {
  const from = personOf(exchange, `write:${verb}s`)
  const other = accountAt(exchange, state)
  const name = `${verb} ${from.id} ${other.id}`
  if (spared) state.spared.add(name)
  else state.spared.delete(name)
  return relationshipJson(from, other, state)
}

function shown(exchange: Exchange, statuses: DoubleStatus[], state: DoubleState) {
  const viewer = viewerOf(exchange)
  const readable = statuses.filter((status) => mayRead(viewer, status, state))
  return page(exchange, readable, 20).map((status) => statusJson(status, viewer, state))
}

function statusesOf(exchange: Exchange, state: DoubleState) {
  const account = accountAt(exchange, state)
  if (exchange.get('token')) personOf(exchange, 'read:statuses')
  const asked = (name: string) => flag(exchange.req.query(name))
  const tagged = exchange.req.query('tagged')
  const found = state.statuses.filter(
    (status) =>
      status.account.id === account.id &&
      !(asked('exclude_reblogs') && status.reblogOf) &&
      !(asked('exclude_replies') && status.replyTo !== null) &&
      !(asked('only_media') && status.media.length === 0) &&
      !asked('pinned') &&
      (tagged === undefined || tagsIn(status.text).includes(tagged.toLowerCase())),
  )
  return shown(exchange, found, state)
}

function search(exchange: Exchange, state: DoubleState) {
  personOf(exchange, 'read:search')
  const viewer = viewerOf(exchange)
  const query = exchange.req.query('q')?.trim().toLowerCase()
  if (!query) throw new ApiError(422, 'param is missing or the value is empty: q')
  const type = exchange.req.query('type')
  const wants = (kind: string) => type === undefined || type === kind
  const words = query.replace(/^[@#]/, '')
  const accounts = state.accounts.filter(({ acct, displayName }) =>
    `${acct} ${displayName}`.toLowerCase().includes(words),
  )
  const resolves = flag(exchange.req.query('resolve'))
  const isNamed = ({ account, id }: DoubleStatus) =>
    query === `${state.url}/@${account.acct}/${id}` || query === `${state.url}/users/${account.acct}/statuses/${id}`
  const statuses = state.statuses.filter(
    (status) =>
      !status.reblogOf &&
      mayRead(viewer, status, state) &&
      ((resolves && isNamed(status)) || status.text.toLowerCase().includes(words)),
  )
  const tags = [...new Set(state.statuses.flatMap(({ text }) => tagsIn(text)))].filter((tag) => tag.includes(words))
  const limit = Number(exchange.req.query('limit') ?? 20) || 20
  const offset = Number(exchange.req.query('offset') ?? 0) || 0
  return {
    accounts: wants('accounts') ? accounts.slice(0, limit).map((account) => accountJson(account, state)) : [],
    statuses: wants('statuses')
      ? statuses
          .toReversed()
          .slice(offset, offset + limit)
          .map((status) => statusJson(status, viewer, state))
      : [],
    hashtags: wants('hashtags')
      ? tags
          .slice(0, limit)
          .map((name) => ({ id: name, name, url: `${state.url}/tags/${encodeURIComponent(name)}`, history: [] }))
      : [],
  }
}

function notificationsOf(exchange: Exchange, state: DoubleState) {
  const account = personOf(exchange, 'read:notifications')
  const only = exchange.req.queries('types[]')
  const without = exchange.req.queries('exclude_types[]') ?? []
  const mine = state.notifications.filter(
    ({ to, from, type }) =>
      to.id === account.id &&
      (only?.includes(type) ?? true) &&
      !without.includes(type) &&
      !state.spared.has(`mute ${to.id} ${from.id}`) &&
      !state.spared.has(`block ${to.id} ${from.id}`),
  )
  return page(exchange, mine, 40).map((notification) => notificationJson(notification, state))
}
