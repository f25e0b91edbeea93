// People and places that a lane can name, as choices of a list.

import type { client, Output } from '../../../kit/api.ts'

export type Lane = Output<typeof client.lanes.list>[number]
export type Step = Lane['steps'][number]
type Approver = Step['approvers'][number]
export interface Choice {
  value: string
  label: string
}

/** A list offers what is there now; what was chosen before stays to be seen, and can be taken away. */
export const withLost = (choices: Choice[], chosen: string[], label: string): Choice[] => [
  ...choices,
  ...chosen.filter((key) => !choices.some(({ value }) => value === key)).map((value) => ({ value, label })),
]

export const scopeKey = ({ scope, id }: Lane['scopes'][number]): string => (id ? `${scope}:${id}` : scope)

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
