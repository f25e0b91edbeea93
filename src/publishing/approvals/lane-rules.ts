// What a lane or a guardrail has to be before it is stored: a lane that nobody could pass would stop everything for good.

import type { Approver, FastRule, GuardrailKind, GuardrailSettings, LaneScope, StepRule } from './types.ts'

export interface LaneGiven {
  kind: 'ordinary' | 'fast' | 'investor'
  steps: StepRule[]
  fast: FastRule | null
  scopes: LaneScope[]
}

interface Fault {
  code: string
  field: string
}

export function laneFault({ kind, steps, fast, scopes }: LaneGiven): Fault | null {
  if (kind === 'fast' && !fast) return { code: 'fast-lane-needs-box', field: 'fast' }
  if (kind === 'fast' && scopes.length > 0) return { code: 'fast-lane-is-chosen', field: 'scopes' }
  const scope = scopes.findIndex((each) => (each.scope === 'organisation') !== (each.id === null))
  if (scope >= 0) return { code: 'scope-not-complete', field: `scopes.${scope}.id` }
  if (kind === 'investor') {
    const fault = investorFault(steps)
    if (fault) return fault
  }
  return steps.flatMap((step, at) => tooMany(step, at))[0] ?? null
}

/** Two named people who are not the same: not a role, not a department, nobody twice. */
function investorFault(steps: StepRule[]): Fault | null {
  const named = steps.map(({ approvers, deputies }) => [...approvers, ...deputies])
  const vague = named.findIndex((people) => people.some(({ kind }) => kind === 'role' || kind === 'department'))
  if (vague >= 0) return { code: 'investor-lane-names-people', field: `steps.${vague}.approvers` }
  const all = named.flat().map(keyOf)
  const needed = steps.reduce((sum, { needed, approvers }) => sum + (needed === 'all' ? approvers.length : needed), 0)
  if (needed < 2 || new Set(all).size < all.length) return { code: 'investor-lane-needs-two', field: 'steps' }
  return null
}

/** More than there are names can never agree; of roles and departments nobody knows how many there will be. */
function tooMany({ needed, approvers, deputies }: StepRule, at: number): Fault[] {
  const open = [...approvers, ...deputies].some(({ kind }) => kind === 'role' || kind === 'department')
  const names = new Set([...approvers, ...deputies].map(keyOf)).size
  return needed !== 'all' && !open && needed > names ? [{ code: 'too-few-approvers', field: `steps.${at}.needed` }] : []
}

const keyOf = (approver: Approver): string =>
  `${approver.kind} ${approver.kind === 'role' ? approver.role : approver.id}`

export function guardrailFault(kind: GuardrailKind, { list, from, to, most }: GuardrailSettings): Fault | null {
  if (kind === 'quiet-period') {
    if (!from || !to) return { code: 'required', field: from ? 'settings.to' : 'settings.from' }
    return to < from ? { code: 'range-backwards', field: 'settings.to' } : null
  }
  if (kind === 'many-accounts') return most ? null : { code: 'required', field: 'settings.most' }
  // A list of permitted domains that is empty permits none; sums of money need no list.
  const needsList = kind === 'domain-listed' || kind === 'competitors' || kind === 'words'
  return needsList && list.length === 0 ? { code: 'required', field: 'settings.list' } : null
}
