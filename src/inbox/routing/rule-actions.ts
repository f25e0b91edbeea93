// Verbs of routing rules: read them, put others in force, and try others on the last conversations before.

import { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { routingContract } from './contract.ts'
import { insertVersion, knownOf, type RulesInForce, rulesInForce, versionRows } from './store-rules.ts'
import type { NamedRule, RoutingSettings } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type VersionShown = z.infer<(typeof routingContract)['routing']['read']['~orpc']['outputSchema'] & z.ZodType>

export const readRules = ({ db }: Pick<Deps, 'db'>, { orgId }: Caller): Promise<VersionShown> =>
  readInOrg(db, orgId, async (tx) => {
    const inForce = await rulesInForce(tx, orgId)
    return (await versionShower(tx, orgId, [inForce]))(inForce)
  })

async function versionShower(tx: Tx, orgId: string, versions: readonly RulesInForce[]) {
  const person = await readActors(
    tx,
    orgId,
    versions.map(({ madeBy }) => madeBy),
  )
  return ({ madeAt, madeBy, ...version }: RulesInForce): VersionShown => ({
    ...version,
    ...{ madeAt: madeAt?.toISOString() ?? null, madeBy: person(madeBy) },
  })
}

export const listVersions = (
  { db }: Pick<Deps, 'db'>,
  { orgId }: Caller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) =>
  readInOrg(db, orgId, async (tx) => {
    const before = readCursor(cursor, z.tuple([z.int()]))?.[0] ?? null
    const rows = await versionRows(tx, orgId, { before, limit: limit + 1 })
    return pageFrom(rows, limit, ({ number }) => [number], await versionShower(tx, orgId, rows))
  })

interface Setting {
  basedOn: number
  rules: NamedRule[]
  settings: RoutingSettings
  note: string
}

/** @throws Refusal `rules-changed-meanwhile`, `rule-twice`, or at the rule that names what is not there. */
export const setRules = ({ db, clock }: Deps, caller: Caller, { basedOn, rules, settings, note }: Setting) =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId: by } = caller
    const at = clock()
    const before = await rulesInForce(tx, orgId)
    if (before.number !== basedOn) throw new Refusal('rules-changed-meanwhile', { status: 409, field: 'basedOn' })
    await mustBeUsable(tx, orgId, rules)
    const version = { number: basedOn + 1, rules, settings, note }
    if (!(await insertVersion(tx, orgId, { ...version, at, by })))
      throw new Refusal('rules-changed-meanwhile', { status: 409, field: 'basedOn' })
    const made = { ...version, madeAt: at, madeBy: by }
    const shown = (await versionShower(tx, orgId, [made]))(made)
    const facts = { version: version.number, rules: rules.length, note }
    await record(tx, orgId, caller.actor, at, {
      verb: 'routing.changed',
      subject: { kind: 'routing', id: null },
      facts,
    })
    return shown
  })

/** What rules name is there. */
export async function mustBeUsable(tx: Tx, orgId: string, rules: readonly NamedRule[]): Promise<void> {
  const twice = rules.findIndex(({ id }, at) => rules.findIndex((other) => other.id === id) !== at)
  if (twice >= 0) throw new Refusal('rule-twice', { field: `rules.${twice}.id` })
  const named = [
    ['departments', 'actions.departmentId', ({ rule }: NamedRule) => [rule.actions.departmentId]],
    ['accounts', 'conditions.accountIds', ({ rule }: NamedRule) => rule.conditions.accountIds],
    ['topics', 'conditions.topicIds', ({ rule }: NamedRule) => rule.conditions.topicIds],
    ['campaigns', 'conditions.campaignIds', ({ rule }: NamedRule) => rule.conditions.campaignIds],
  ] as const
  for (const [table, field, idsOf] of named) {
    const ids = rules.flatMap((rule) => idsOf(rule).flatMap((id) => id ?? []))
    const known = await knownOf(tx, orgId, table, ids)
    const wrong = rules.findIndex((rule) => idsOf(rule).some((id) => id !== null && !known.has(id)))
    if (wrong >= 0)
      throw new Refusal('rule-names-nothing', {
        field: `rules.${wrong}.rule.${field}`,
        params: { rule: rules[wrong]!.rule.name },
      })
  }
}
