// Verbs of coding: draw a set, code it, settle it, finish it.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { setByPeople } from '../labels/correct.ts'
import { learnLabels } from '../labels/jobs.ts'
import { type Codable, type Correctable, choices } from '../labels/types.ts'
import { holdMentions } from '../mentions/relabel.ts'
import { topicNumber } from '../topics/store.ts'
import { drawTexts } from './draw.ts'
import { agreementIn, differs, kappaWord, resultOf, stateOf } from './rules.ts'
import {
  closeSet,
  coderRows,
  codesOf,
  insertSet,
  itemRows,
  lockSet,
  machineAsItWas,
  putCode,
  putSettled,
  type SetRow,
  setRows,
  textRows,
} from './store.ts'
import { unclear } from './types.ts'
import { setsShown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

export const listSets = ({ db }: Pick<Services, 'db'>, caller: Caller) =>
  inOrg(db, caller.orgId, async (tx) => setsShown(tx, caller, await setRows(tx, caller.orgId)))

export const readSet = ({ db }: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }) =>
  inOrg(db, caller.orgId, (tx) => shown(tx, caller, id))

async function shown(tx: Tx, caller: Caller, id: string) {
  const [set] = await setsShown(tx, caller, [await mustFind(tx, caller.orgId, id)])
  return set!
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<SetRow> {
  const [row] = await setRows(tx, orgId, id)
  if (!row) throw notFound('coding-set')
  return row
}

export interface NewSet {
  name: string
  label: Codable
  topic: string
  from: string
  to: string
  size: number
  stratified: boolean
  coders: string[]
  seed?: number | undefined
}

/** @throws Refusal where the coders are not two members who may code, or there is nothing to draw from. */
export const makeSet = ({ db, clock }: Deps, caller: Caller, given: NewSet) =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const [from, to, now] = [new Date(given.from), new Date(given.to), clock()]
    if (to <= from) throw new Refusal('ends-before-it-begins', { field: 'to' })
    await mustBeCoders(tx, orgId, given.coders)
    const topic = await topicNumber(tx, orgId, given.topic)
    const seed = given.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1
    const { label, stratified, size, name } = given
    const { population, drawn } = await drawTexts(tx, orgId, { label, topic, from, to }, { size, stratified, seed })
    if (drawn.length === 0) throw new Refusal('nothing-to-draw', { field: 'topic' })
    const id = newId()
    const set = { org_id: orgId, id, name, label, topic, from_at: from, to_at: to, stratified, seed, population }
    await insertSet(tx, { ...set, created_at: now, created_by: memberId }, { drawn, coders: given.coders })
    await machineAsItWas(tx, orgId, id, label)
    await record(tx, orgId, caller.actor, now, {
      verb: 'coding-set.made',
      subject: { kind: 'coding-set', id },
      facts: { name, label, size: drawn.length, population, seed, stratified },
    })
    return shown(tx, caller, id)
  })

async function mustBeCoders(tx: Tx, orgId: string, coders: readonly string[]): Promise<void> {
  if (new Set(coders).size < 2) throw new Refusal('two-coders-needed', { field: 'coders' })
  const members = new Map((await readActiveMembers(tx, orgId)).map((member) => [member.id, member]))
  for (const id of coders) {
    const member = members.get(id)
    if (!member) throw new Refusal('member-not-found', { field: 'coders' })
    if (!may(member.role, 'listening.answer'))
      throw new Refusal('cannot-code', { field: 'coders', params: { name: member.name } })
  }
}

/** @throws Refusal `not-a-coder`. */
export const readTexts = ({ db }: Pick<Services, 'db'>, { orgId, memberId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    await mustFind(tx, orgId, id)
    await mustCode(tx, orgId, id, memberId)
    const mine = await codesOf(tx, orgId, { setId: id, memberId })
    return (await textRows(tx, orgId, id)).map(({ place, title, body, language, mention_at }) => ({
      place,
      title,
      text: body,
      language,
      at: mention_at.toISOString(),
      mine: mine.get(place) ?? null,
    }))
  })

async function mustCode(tx: Tx, orgId: string, id: string, memberId: string): Promise<void> {
  const coders = await coderRows(tx, orgId, [id])
  if (!coders.some(({ member_id }) => member_id === memberId)) throw new Refusal('not-a-coder', { status: 403 })
}

interface OneCode {
  id: string
  place: number
  value: string | null
}

/** Coding leaves no event for each text: the codes are the record. @throws Refusal once agreement was shown to both. */
export const codeText = ({ db, clock }: Deps, caller: Caller, { id, place, value }: OneCode) =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    await lockSet(tx, orgId, id)
    const set = await mustFind(tx, orgId, id)
    await mustCode(tx, orgId, id, memberId)
    mustFit(set, value)
    const items = await itemRows(tx, orgId, [id])
    if (stateOf(items, set.finished_at) !== 'coding') throw new Refusal('coding-is-over', { status: 409 })
    if (!items.some((item) => item.place === place)) throw notFound('text')
    await putCode(tx, orgId, { setId: id, place, value, by: memberId, at: clock() })
    return shown(tx, caller, id)
  })

function mustFit({ label }: SetRow, value: string | null): void {
  if (value === null || value === unclear) return
  if (!(choices[label as Codable] as readonly string[]).includes(value))
    throw new Refusal('not-a-label-of-this-set', { field: 'value' })
}

/** @throws Refusal while somebody still codes: what one says would move the other. */
export const readAgreement = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  inOrg(db, orgId, async (tx) => {
    const set = await mustFind(tx, orgId, id)
    const items = await itemRows(tx, orgId, [id])
    if (stateOf(items, set.finished_at) === 'coding') throw new Refusal('still-coding', { status: 409 })
    const texts = new Map((await textRows(tx, orgId, id)).map((row) => [row.place, row]))
    const { all, byLabel } = agreementIn(set.label as Codable, items)
    return {
      all,
      byLabel,
      word: all.kappa === null ? null : kappaWord(all.kappa),
      differences: items.filter(differs).flatMap(({ place, one, two, settled }) => {
        const text = texts.get(place)
        return text
          ? [{ place, title: text.title, text: text.body, language: text.language, one: one!, two: two!, settled }]
          : []
      }),
    }
  })

/** @throws Refusal where the coders do not differ, or the set is finished. */
export const settleText = ({ db, clock }: Deps, caller: Caller, { id, place, value }: OneCode) =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const now = clock()
    await lockSet(tx, orgId, id)
    const set = await mustFind(tx, orgId, id)
    mustFit(set, value)
    const items = await itemRows(tx, orgId, [id])
    const state = stateOf(items, set.finished_at)
    if (state === 'coding') throw new Refusal('still-coding', { status: 409 })
    if (state === 'finished') throw new Refusal('coding-is-over', { status: 409 })
    const item = items.find((each) => each.place === place)
    if (!item || !differs(item)) throw notFound('difference')
    await putSettled(tx, orgId, { setId: id, place, value, by: memberId, at: now })
    await record(tx, orgId, actor, now, {
      verb: 'coding-set.settled',
      subject: { kind: 'coding-set', id },
      facts: { name: set.name, place, value, one: item.one, two: item.two },
    })
    return shown(tx, caller, id)
  })

/** What both said, or what was settled, goes onto the mentions; what nobody could tell stays the machine's. @throws Refusal while something is open. */
export const finishSet = (
  { db, clock, queue }: Deps & Pick<Services, 'queue'>,
  caller: Caller,
  { id }: { id: string },
) =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const now = clock()
    await lockSet(tx, orgId, id)
    const set = await mustFind(tx, orgId, id)
    const items = await itemRows(tx, orgId, [id])
    const state = stateOf(items, set.finished_at)
    if (state === 'finished') return shown(tx, caller, id)
    if (state !== 'ready') throw new Refusal('still-open', { status: 409 })
    const texts = new Map((await textRows(tx, orgId, id)).map((row) => [row.place, row]))
    const results = new Map(
      items.flatMap((item) => {
        const [text, value] = [texts.get(item.place), resultOf(item)]
        return text && value !== null && value !== unclear ? [[text.mention_id, { text, value }] as const] : []
      }),
    )
    const keys = [...results.values()].map(({ text }) => ({ orgId, id: text.mention_id, at: text.mention_at }))
    const given = (await holdMentions(tx, keys)).map((held) => {
      const { value } = results.get(held.id)!
      return { held, values: new Map([[set.label as Correctable, value === 'none' ? null : value]]) }
    })
    await setByPeople(tx, given, { at: now, by: memberId, setId: id })
    await closeSet(tx, orgId, id, { how: 'finished', at: now, by: memberId })
    await queue.send(tx, learnLabels, { orgId })
    await record(tx, orgId, actor, now, {
      verb: 'coding-set.finished',
      subject: { kind: 'coding-set', id },
      facts: { name: set.name, label: set.label, texts: items.length, labelled: given.length },
    })
    return shown(tx, caller, id)
  })

export const removeSet = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<void> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const now = clock()
    const { name } = await mustFind(tx, orgId, id)
    await closeSet(tx, orgId, id, { how: 'removed', at: now, by: memberId })
    await record(tx, orgId, actor, now, {
      verb: 'coding-set.removed',
      subject: { kind: 'coding-set', id },
      facts: { name },
    })
  })
