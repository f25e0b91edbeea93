// Which promise holds for a conversation: the first policy in order that matches; and what an account promises in public.

import type { SaidKind } from '../../connectors/converse.ts'
import { type Priority, type PromiseKind, type PromisePolicy, type PromiseTarget, promiseKinds } from './types.ts'

/** One version of a policy. Versions never change; a policy that is changed gets another. */
export interface PolicyVersion {
  id: string
  policy: PromisePolicy
}

/** What is known of a conversation at the moment when a clock starts. */
export interface PromiseFacts {
  accountId: string
  kind: PromiseKind
  saidAs: SaidKind
  departmentId: string | null
  priority: Priority
  /** Active at that moment. */
  protocolIds: readonly string[]
}

/** @param inOrder The versions in force, in the order of their policies. null: nothing is promised. */
export const policyFor = (inOrder: readonly PolicyVersion[], facts: PromiseFacts): PolicyVersion | null =>
  inOrder.find(({ policy }) => matches(policy, facts)) ?? null

function matches({ conditions: wanted }: PromisePolicy, facts: PromiseFacts): boolean {
  return (
    allows(wanted.accountIds, facts.accountId) &&
    allows(wanted.kinds, facts.kind) &&
    allows(wanted.saidAs, facts.saidAs) &&
    allows(wanted.departmentIds, facts.departmentId) &&
    allows(wanted.priorities, facts.priority) &&
    (wanted.protocolIds.length === 0 || wanted.protocolIds.some((id) => facts.protocolIds.includes(id)))
  )
}

const allows = <T>(wanted: readonly T[], is: T | null): boolean =>
  wanted.length === 0 || (is !== null && wanted.includes(is))

export interface PublishedPromise {
  kind: PromiseKind
  /** Several ways to write with the same promise stand together. */
  saidAs: SaidKind[]
  versionId: string
  hoursId: string | null
  firstReply: PromiseTarget | null
  topics: string[]
}

/** What people are told that they may expect of an account, by kind: without protocols, before any department took it. */
export function publishedPromise(
  inOrder: readonly PolicyVersion[],
  { accountId, saidAs }: { accountId: string; saidAs: readonly SaidKind[] },
): PublishedPromise[] {
  return promiseKinds.flatMap((kind) => {
    const rows = saidAs.flatMap((way) => {
      const facts = { accountId, kind, saidAs: way, departmentId: null, priority: 'normal', protocolIds: [] } as const
      const found = policyFor(inOrder, facts)
      return found ? [{ way, found }] : []
    })
    return [...Map.groupBy(rows, ({ found }) => found)].map(([{ id, policy }, same]) => ({
      kind,
      saidAs: same.map(({ way }) => way),
      versionId: id,
      hoursId: policy.hoursId,
      firstReply: policy.targets.find(({ metric }) => metric === 'first-reply') ?? null,
      topics: policy.topics,
    }))
  })
}
