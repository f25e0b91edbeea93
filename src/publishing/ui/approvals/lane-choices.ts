// People and places that a lane can name, as choices of a list.

import type { client, Output } from '../../../kit/api.ts'

export type Lane = Output<typeof client.lanes.list>[number]
export type Step = Lane['steps'][number]
type Approver = Step['approvers'][number]
export interface Choice {
  value: string
  label: string
}

export const keyOf = (approver: Approver): string =>
  approver.kind === 'role' ? `role:${approver.role}` : `${approver.kind}:${approver.id}`

export function approverOf(key: string): Approver {
  const [kind = '', id = ''] = key.split(':')
  if (kind === 'role') return { kind, role: id as 'approver' }
  return { kind: kind as 'member', id }
}

export function scopeOf(key: string): Lane['scopes'][number] {
  const [scope = '', id] = key.split(':')
  return { scope: scope as 'account', id: id ?? null }
}

export const roleChoices: Choice[] = (['approver', 'manager', 'admin', 'owner', 'contributor'] as const).map(
  (role) => ({
    value: `role:${role}`,
    label: `Everybody who is ${role}`,
  }),
)
