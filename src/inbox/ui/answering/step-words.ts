// The steps of a macro in words.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count, refusalWords } from '../../../kit/words.ts'
import type { MacroStep } from '../../macros/types.ts'
import { reasonWords } from '../inbox-words.ts'

/** Names of whom and what steps are about, as far as they are known. */
export function useStepWords(): (step: MacroStep) => string {
  const input = { org: useOrg().id }
  const members = useQuery(api.members.list.queryOptions({ input, staleTime: 60_000 }))
  const departments = useQuery(api.departments.list.queryOptions({ input, staleTime: 60_000 }))
  const replies = useQuery(api.savedReplies.list.queryOptions({ input: { ...input, limit: 200 }, staleTime: 60_000 }))
  const nameIn = (list: readonly { id: string; name: string }[] | undefined, id: string) =>
    list?.find((each) => each.id === id)?.name ?? 'somebody who is gone'
  return (step) => {
    if (step.kind === 'owner')
      return step.to === 'me'
        ? 'Give it to whoever runs this'
        : step.to
          ? `Give it to ${nameIn(members.data, step.to)}`
          : 'Leave it without an owner'
    if (step.kind === 'department')
      return step.departmentId
        ? `Hand it to ${departments.data?.find(({ id }) => id === step.departmentId)?.name ?? 'a department that is gone'}`
        : 'Take it from its department'
    if (step.kind === 'reply')
      return `Begin an answer from “${replies.data?.items.find(({ id }) => id === step.replyId)?.title ?? 'a reply that is gone'}”`
    if (step.kind === 'priority') return `Priority: ${step.priority}`
    if (step.kind === 'tags') return `Tag it: ${step.tags.join(', ')}`
    if (step.kind === 'note') return `Note: ${step.note}`
    if (step.kind === 'snooze') return `Put it off for ${hoursWords(step.hours)}`
    return `Close it: ${reasonWords[step.reason].label.toLowerCase()}`
  }
}

const hoursWords = (hours: number): string => (hours % 24 === 0 ? count(hours / 24, 'day') : count(hours, 'hour'))

/** What becomes of a step, after its words. */
export function effectWords(effect: 'does' | 'is-so' | 'cannot' | 'did', code: string | null): string {
  if (effect === 'is-so') return 'is so already'
  if (effect === 'did') return 'done'
  return effect === 'cannot' ? refusalWords({ code: code ?? 'failed', params: {} }).what : ''
}
