// Short messages at the edge: that something was done, how to undo it, or that it failed.
//
//   showDone('Saved')      showProblem(error)      showUndo('Post deleted', () => client.posts.restore({ org, id }))

import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { refusalOf } from './api.ts'
import { refusalWords } from './words.ts'

export const showDone = (message: string): void => {
  notifications.show({ message, color: 'done', autoClose: 4000, withBorder: true })
}

export function showProblem(error: unknown, title?: string): void {
  const { what, next } = refusalWords(refusalOf(error))
  notifications.show({
    title: title ?? what,
    message: title ? `${what} ${next ?? ''}` : next,
    color: 'crimson',
    autoClose: 10_000,
    withBorder: true,
  })
}

/** Stays for ten seconds; `undo` may be slow and may fail. */
export function showUndo(message: string, undo: () => Promise<unknown>): void {
  const id = `undo-${crypto.getRandomValues(new Uint32Array(1))[0]}`
  const run = async () => {
    notifications.hide(id)
    try {
      await undo()
      showDone('Undone')
    } catch (error) {
      showProblem(error, 'It could not be undone')
    }
  }
  notifications.show({
    id,
    color: 'done',
    autoClose: 10_000,
    withBorder: true,
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="light" flex="none" onClick={() => void run()}>
          Undo
        </Button>
      </Group>
    ),
  })
}
