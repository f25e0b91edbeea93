// What stands against moving posts to other times: each proposed time is answered before anybody commits to it.

import { accountsById } from '../../accounts/session.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { holidaysOn } from '../holidays/read-holidays.ts'
import { instantOf, type WallMeaning } from '../times.ts'
import { halfLifeOf, type PlannedPost, type TooNear, tooNear } from './rules.ts'
import { holdsAt, type MovingPost, movingPosts, standingPosts } from './store.ts'
import type { Conflict, MoveAnswer, ProposedMove } from './types.ts'

/** As in scheduling: somebody who was slow to press the button means now. */
const pastToleranceMs = 5 * 60_000

interface Asked {
  place: number
  move: ProposedMove
  meaning: WallMeaning
  post: MovingPost | null
  accountIds: string[]
}

export function findConflicts(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { moves, language }: { moves: ProposedMove[]; language: string },
): Promise<MoveAnswer[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const asked = await askedOf(tx, caller.orgId, moves)
    const found = asked.map((each) => ofTheClock(each, services.clock()))
    const add = (place: number, conflict: Conflict) => void found[place]!.push(conflict)
    for (const [place, conflict] of await ofNeighbours(tx, caller.orgId, asked)) add(place, conflict)
    for (const [place, conflict] of await ofHolds(tx, caller.orgId, asked)) add(place, conflict)
    for (const [place, conflict] of await ofHolidays(tx, caller.orgId, asked, language)) add(place, conflict)
    return asked.map(({ move, meaning }, place) => ({
      id: move.id ?? null,
      at: meaning.kind === 'never' ? null : meaning.at.toISOString(),
      conflicts: found[place]!,
    }))
  })
}

async function askedOf(tx: Tx, orgId: string, moves: ProposedMove[]): Promise<Asked[]> {
  const posts = await movingPosts(
    tx,
    orgId,
    moves.flatMap(({ id }) => id ?? []),
  )
  return moves.map((move, place) => {
    const post = (move.id && posts.get(move.id)) || null
    return { place, move, post, meaning: instantOf(move), accountIds: move.accountIds ?? post?.account_ids ?? [] }
  })
}

const plain = (code: Conflict['code'], params: Conflict['params'] = {}, accountId: string | null = null): Conflict => ({
  ...{ code, accountId, neighbour: null, params },
  level: code === 'never' || code === 'past' ? 'error' : 'warning',
})

function ofTheClock({ meaning }: Asked, now: Date): Conflict[] {
  if (meaning.kind === 'never') return [plain('never', { suggested: meaning.suggested })]
  const past = meaning.at.getTime() < now.getTime() - pastToleranceMs
  return [...(past ? [plain('past')] : []), ...(meaning.kind === 'twice' ? [plain('twice')] : [])]
}

/** Neighbours are what stays where it is, and what moves with it to its new place. */
async function ofNeighbours(tx: Tx, orgId: string, asked: Asked[]): Promise<[number, Conflict][]> {
  const lives = await halfLives(tx, orgId, [...new Set(asked.flatMap(({ accountIds }) => accountIds))])
  const moving = new Map<PlannedPost, number>()
  for (const { place, move, meaning, accountIds } of asked) {
    if (meaning.kind === 'never') continue
    for (const accountId of accountIds.filter((id) => lives.has(id)))
      moving.set(plannedOf(move.id ?? `new ${place}`, accountId, meaning.at, lives), place)
  }
  if (moving.size === 0) return []
  const times = [...moving.keys()].map(({ at }) => at.getTime())
  const widest = Math.max(...lives.values()) * 60_000
  const standing = await standingPosts(tx, orgId, {
    accountIds: [...lives.keys()],
    from: new Date(Math.min(...times) - widest),
    to: new Date(Math.max(...times) + widest),
    except: asked.flatMap(({ post }) => post?.id ?? []),
  })
  const summaries = new Map(standing.map((row) => [row.post_id, row.summary]))
  for (const { post } of asked) if (post) summaries.set(post.id, post.summary)
  const others = standing.map((row) => plannedOf(row.post_id, row.account_id, row.at, lives))
  const near = tooNear([...moving.keys(), ...others])
  return [...moving].flatMap(([planned, place]) => {
    const found = near.get(planned)
    return found ? [[place, nearOf(planned, found, summaries, moving.has(found.neighbour))] as [number, Conflict]] : []
  })
}

const plannedOf = (postId: string, accountId: string, at: Date, lives: Map<string, number>): PlannedPost => ({
  ...{ postId, accountId, at },
  halfLifeMinutes: lives.get(accountId)!,
})

function nearOf(
  { accountId }: PlannedPost,
  { neighbour, apartMinutes, wantedMinutes }: TooNear,
  summaries: Map<string, string>,
  moving: boolean,
): Conflict {
  const { postId, at } = neighbour
  const known = summaries.get(postId)
  return {
    code: apartMinutes === 0 ? 'slot-taken' : 'spacing',
    level: 'warning',
    accountId,
    neighbour: known === undefined ? null : { postId, summary: known, at: at.toISOString(), moving },
    params: { apartMinutes, wantedMinutes },
  }
}

async function halfLives(tx: Tx, orgId: string, accountIds: string[]): Promise<Map<string, number>> {
  const accounts = await accountsById(
    tx,
    accountIds.map((id) => [orgId, id]),
  )
  return new Map([...accounts.keys()].map((id) => [id, halfLifeOf({})]))
}

async function ofHolds(tx: Tx, orgId: string, asked: Asked[]): Promise<[number, Conflict][]> {
  const questions = asked.flatMap(({ place, meaning, post, accountIds }) =>
    meaning.kind === 'never'
      ? []
      : accountIds.map((accountId) => ({
          ...{ place, accountId, at: meaning.at },
          campaignId: post?.campaign_id ?? null,
          departmentId: post?.department_id ?? null,
        })),
  )
  return (await holdsAt(tx, orgId, questions)).map(({ place, account_id, hold_id, reason }) => [
    place,
    plain('hold', { holdId: hold_id, reason }, account_id),
  ])
}

async function ofHolidays(tx: Tx, orgId: string, asked: Asked[], language: string): Promise<[number, Conflict][]> {
  const days = [...new Set(asked.map(({ move }) => move.wall.slice(0, 10)))]
  const byDay = await holidaysOn(tx, orgId, days, language)
  return asked.flatMap(({ place, move }) =>
    (byDay.get(move.wall.slice(0, 10)) ?? []).map(({ name, place: where }): [number, Conflict] => [
      place,
      plain('holiday', { name, place: where }),
    ]),
  )
}
