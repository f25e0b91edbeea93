// What can be done with a line of settings that is offered or retired: change it, retire it with a way back, offer it again.

import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { refresh } from '../../../kit/api.ts'
import { showDone, showProblem, showUndo } from '../../../kit/toast.tsx'

interface RetireActionsProps {
  name: string
  isRetired: boolean
  /** What is asked for again afterwards. */
  list: Parameters<typeof refresh>[1]
  edit: () => void
  retire: () => Promise<unknown>
  restore: () => Promise<unknown>
}

export function RetireActions({ name, isRetired, list, edit, ...act }: RetireActionsProps) {
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, list)
  const restore = () => act.restore().then(again)
  const retire = () => act.retire().then(again)
  if (isRetired)
    return (
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        onClick={() => void restore().then(() => showDone(`${name} is offered again`), showProblem)}
      >
        Offer again
      </Button>
    )
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" variant="subtle" color="gray" onClick={edit}>
        Change
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="crimson"
        onClick={() => void retire().then(() => showUndo(`${name} retired`, restore), showProblem)}
      >
        Retire
      </Button>
    </Group>
  )
}
