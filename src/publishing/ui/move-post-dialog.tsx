// Gives a post a time, or another one.

import { Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { meaningOf, nextHour } from './planned-time.ts'
import { ConflictNotes } from './planning/conflict-notes.tsx'
import { useSchedule } from './similar/use-schedule.tsx'
import type { Post } from './use-saver.ts'
import { WallTimeFields } from './wall-time-fields.tsx'

interface MovePostDialogProps {
  opened: boolean
  close: () => void
  post: Post
  change: (work: () => Promise<Post>, said: string) => Promise<void>
}

export function MovePostDialog({ opened, close, post, change }: MovePostDialogProps) {
  const org = useOrg()
  const schedule = useSchedule()
  const [zone, setZone] = useState(post.dueZone ?? org.timeZone)
  const [wall, setWall] = useState(() => post.dueWall ?? nextHour(new Date(), zone))
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const save = async () => {
    setWorking(true)
    setError(null)
    try {
      await change(() => schedule(post.id, { kind: 'at', wall, zone }), 'Scheduled')
      close()
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <Modal opened={opened} onClose={close} title="When does it go out?">
      <Stack gap="md">
        <WallTimeFields wall={wall} zone={zone} setWall={setWall} setZone={setZone} error={error} />
        <ConflictNotes
          postId={post.id}
          accountIds={post.variants.map(({ accountId }) => accountId)}
          wall={wall}
          zone={zone}
        />
        <ErrorPanel error={error} kept="Nothing was changed." />
        <DialogActions
          close={close}
          action="Schedule"
          run={save}
          working={working}
          disabled={wall === '' || meaningOf(wall, zone).kind === 'never'}
        />
      </Stack>
    </Modal>
  )
}
