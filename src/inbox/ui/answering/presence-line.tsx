// Who else reads this conversation, and who writes an answer.

import { Button } from '@mantine/core'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import type { usePresence } from './use-presence.ts'

export function PresenceLine({ presence }: { presence: ReturnType<typeof usePresence> }) {
  const { others, writer } = presence
  const writing = writer && !writer.isMe ? writer.person : null
  const takeOver = () => void presence.takeOver().catch(showProblem)
  useShortcut('w', 'Write instead of a colleague', () => writing && takeOver())
  const readers = others.filter((each) => each.id !== writing?.id)
  return (
    <div className="ib-presence" role="status">
      {writing && (
        <span>
          <strong>{writing.name}</strong> is writing an answer.{' '}
          <Button variant="default" size="compact-sm" onClick={takeOver}>
            Write instead
          </Button>
        </span>
      )}
      {readers.length > 0 && <span>Also here: {readers.map(({ name }) => name).join(', ')}</span>}
    </div>
  )
}
