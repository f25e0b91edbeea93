// What stands against moving posts to other times: each proposed time is answered before anybody commits to it.

import { accountsById } from '../../accounts/session.ts'
import { type ContentKind, contentKinds } from '../../connectors/contract.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { quietOf } from '../approvals/guardrail-rules.ts'
import { readGuardrails } from '../approvals/store-lanes.ts'
import { holidaysOn } from '../holidays/read-holidays.ts'
import { halfLivesOf } from '../stock/shelf-lives.ts'
import { instantOf, type WallMeaning } from '../times.ts'
import { type PlannedPost, spacingFor, type TooNear, tooNear } from './rules.ts'
import { holdsAt, type MovingPost, movingPosts, standingPosts } from './store.ts'
import type { Conflict, MoveAnswer, ProposedMove } from './types.ts'

/** As in scheduling: somebody who was slow to press the button means now. */
const pastToleranceMs = 5 * 60_000

interface Asked {
  place: number
  move: ProposedMove
  meaning: WallMeaning
  post: MovingPost | null
  places: Place[]
}

interface Place {
  accountId: string
  kind: ContentKind
}

/** Minutes by account and kind; null: the account is none of this organisation. */
type Lives = (place: Place) => number | null

interface Known {
  /** Those of the accounts that are of this organisation. */
  accountIds: string[]
  lives: Lives
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
    for (const [place, conflict] of await ofQuiet(tx, caller.orgId, asked)) add(place, conflict)
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
    return { place, move, post, meaning: instantOf(move), places: placesOf(move, post) }
  })
}

/** Accounts that are named and not yet among those of the post get what the post says. */
function placesOf({ accountIds }: ProposedMove, post: MovingPost | null): Place[] {
  const known = new Map((post?.places ?? []).map(({ account_id, kind }) => [account_id, kind]))
  return (accountIds ?? [...known.keys()]).map((accountId) => ({ accountId, kind: known.get(accountId) ?? 'post' }))
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
  const named = new Set(asked.flatMap(({ places }) => places.map(({ accountId }) => accountId)))
  const { accountIds, lives } = await livesOf(tx, orgId, [...named])
  const moving = new Map<PlannedPost, number>()
  for (const { place, move, meaning, places } of asked) {
    if (meaning.kind === 'never') continue
    for (const planned of plannedAt(move.id ?? `new ${place}`, meaning.at, places, lives)) moving.set(planned, place)
  }
  if (moving.size === 0) return []
  const standing = await around(tx, orgId, { accountIds, lives, moving: [...moving.keys()], asked })
  const summaries = new Map(standing.map((row) => [row.post_id, row.summary]))
  for (const { post } of asked) if (post) summaries.set(post.id, post.summary)
  const others = standing.flatMap(({ post_id, at, account_id, kind }) =>
    plannedAt(post_id, at, [{ accountId: account_id, kind }], lives),
  )
  const near = tooNear([...moving.keys(), ...others])
  return [...moving].flatMap(([planned, place]) => {
    const found = near.get(planned)
    return found ? [[place, nearOf(planned, found, summaries, moving.has(found.neighbour))] as [number, Conflict]] : []
  })
}

const plannedAt = (postId: string, at: Date, places: Place[], lives: Lives): PlannedPost[] =>
  places.flatMap((place) => {
    const halfLifeMinutes = lives(place)
    return halfLifeMinutes === null ? [] : [{ postId, accountId: place.accountId, at, halfLifeMinutes }]
  })

interface Around extends Known {
  moving: PlannedPost[]
  asked: Asked[]
}

/** What stays, as far from the new times as any half-life on these accounts reaches. */
function around(tx: Tx, orgId: string, { accountIds, lives, moving, asked }: Around) {
  const times = moving.map(({ at }) => at.getTime())
  const reach = accountIds.flatMap((accountId) => contentKinds.map((kind) => lives({ accountId, kind }) ?? 0))
  const widest = Math.max(...reach) * 60_000
  return standingPosts(tx, orgId, {
    accountIds,
    from: new Date(Math.min(...times) - widest),
    to: new Date(Math.max(...times) + widest),
    except: asked.flatMap(({ post }) => post?.id ?? []),
  })
}

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

async function livesOf(tx: Tx, orgId: string, accountIds: string[]): Promise<Known> {
  const accounts = await accountsById(
    tx,
    accountIds.map((id) => [orgId, id]),
  )
  const known = await halfLivesOf(tx, orgId)
  const lives: Lives = ({ accountId, kind }) => {
    const account = accounts.get(accountId)
    return account ? spacingFor(known(account.connector, kind)) : null
  }
  return { accountIds: [...accounts.keys()], lives }
}

/** Times that the organisation keeps quiet by its guardrails. */
async function ofQuiet(tx: Tx, orgId: string, asked: Asked[]): Promise<[number, Conflict][]> {
  const guardrails = await readGuardrails(tx, orgId)
  return asked.flatMap(({ place, meaning, places }) =>
    meaning.kind === 'never'
      ? []
      : quietOf(guardrails, { dueAt: meaning.at, accountIds: places.map(({ accountId }) => accountId) }).map(
          ({ name, days }): [number, Conflict] => [place, plain('quiet', { name, days })],
        ),
  )
}

async function ofHolds(tx: Tx, orgId: string, asked: Asked[]): Promise<[number, Conflict][]> {
  const questions = asked.flatMap(({ place, meaning, post, places }) =>
    meaning.kind === 'never'
      ? []
      : places.map(({ accountId }) => ({
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
