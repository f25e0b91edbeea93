// What people do with posts at the double: favourites, boosts, votes.

import type { Hono } from 'hono'
import { pollJson, statusJson } from './entities.ts'
import { ApiError, type DoubleEnv, type Exchange, personOf, viewerOf } from './exchange.ts'
import {
  type DoubleAccount,
  type DoublePoll,
  type DoubleState,
  type DoubleStatus,
  nextId,
  notify,
  tell,
} from './state.ts'
import { readable } from './statuses.ts'

export function reactionRoutes(app: Hono<DoubleEnv>, state: DoubleState): void {
  app.post('/api/v1/statuses/:id/favourite', (exchange) => {
    const from = personOf(exchange, 'write:favourites')
    const status = readable(exchange, state)
    favourite(status, from, state)
    return exchange.json(statusJson(status, from, state))
  })
  app.post('/api/v1/statuses/:id/unfavourite', (exchange) => {
    const from = personOf(exchange, 'write:favourites')
    const status = readable(exchange, state)
    status.favouritedBy.delete(from.id)
    return exchange.json(statusJson(status, from, state))
  })
  app.post('/api/v1/statuses/:id/reblog', (exchange) => {
    const from = personOf(exchange, 'write:statuses')
    return exchange.json(statusJson(reblog(readable(exchange, state), from, state), from, state))
  })
  app.post('/api/v1/statuses/:id/unreblog', (exchange) => {
    const from = personOf(exchange, 'write:statuses')
    const status = readable(exchange, state)
    state.statuses = state.statuses.filter((other) => other.reblogOf?.id !== status.id || other.account.id !== from.id)
    return exchange.json(statusJson(status, from, state))
  })
  app.get('/api/v1/polls/:id', (exchange) =>
    exchange.json(pollJson(pollAt(exchange, state), viewerOf(exchange), state)),
  )
  app.post('/api/v1/polls/:id/votes', (exchange) => {
    const from = personOf(exchange, 'write:statuses')
    const poll = pollAt(exchange, state)
    const { choices } = exchange.get('params')
    vote(poll, from, { choices: Array.isArray(choices) ? choices.map(Number) : [], state })
    return exchange.json(pollJson(poll, from, state))
  })
}

export function favourite(status: DoubleStatus, from: DoubleAccount, state: DoubleState): void {
  if (status.favouritedBy.has(from.id)) return
  status.favouritedBy.add(from.id)
  notify(state, { to: status.account, type: 'favourite', from, status })
}

/** A boost is a post of its own that shows another one; the second boost of the same person is the first. */
export function reblog(boosted: DoubleStatus, from: DoubleAccount, state: DoubleState): DoubleStatus {
  const status = boosted.reblogOf ?? boosted
  const before = state.statuses.find(({ reblogOf, account }) => reblogOf?.id === status.id && account.id === from.id)
  if (before) return before
  if (status.visibility === 'direct') throw new ApiError(422, 'This action is not allowed')
  const boost: DoubleStatus = {
    ...status,
    id: nextId(state),
    account: from,
    application: null,
    replyTo: null,
    createdAt: state.settings.now(),
    editedAt: null,
    reblogOf: status,
    favouritedBy: new Set(),
  }
  state.statuses.push(boost)
  tell(state, { event: 'update', status: boost })
  notify(state, { to: status.account, type: 'reblog', from, status })
  return boost
}

function pollAt(exchange: Exchange, state: DoubleState): DoublePoll {
  const poll = state.statuses.find((status) => status.poll?.id === exchange.req.param('id'))?.poll
  if (!poll) throw new ApiError(404, 'Record not found')
  return poll
}

function vote(
  poll: DoublePoll,
  from: DoubleAccount,
  { choices, state }: { choices: number[]; state: DoubleState },
): void {
  const refuse = (sentence: string) => new ApiError(422, `Validation failed: ${sentence}`)
  if (poll.expiresAt <= state.settings.now()) throw refuse('The poll has already ended')
  if (poll.votes.has(from.id)) throw refuse('You have already voted on this poll')
  const known = choices.every((choice) => Number.isInteger(choice) && poll.options[choice] !== undefined)
  if (choices.length === 0 || !known) throw refuse('The chosen vote option does not exist')
  if (choices.length > 1 && !poll.multiple) throw refuse('You have already voted on this poll')
  poll.votes.set(from.id, choices)
}
