// Moves a post by choosing its new time: the way without a mouse.

import { Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import { type CalendarLine, useCalendar } from './calendar-context.ts'
import { wallClock } from './calendar-days.ts'
import { MoveTime } from './move-time.tsx'
import { meaningOf } from './planned-time.ts'
import { ConflictNotes } from './planning/conflict-notes.tsx'

export function MoveDialog({ line, close }: { line: CalendarLine | null; close: () => void }) {
  const { zone, move } = useCalendar()
  const [wall, setWall] = useState('')
  const [moving, setMoving] = useState(false)
  useEffect(() => {
    if (line?.dueAt) setWall(wallClock(new Date(line.dueAt), zone))
  }, [line, zone])
  const save = async () => {
    if (!line) return
    setMoving(true)
    const done = await move(line, wall)
    setMoving(false)
    if (done) close()
  }
  return (
    <Modal opened={line !== null} onClose={close} title="Move the post">
      <Stack gap="md">
        <Text size="sm" lineClamp={3}>
          {line?.summary || 'Without text'}
        </Text>
        <MoveTime wall={wall} zone={zone} setWall={setWall} />
        {line && <ConflictNotes postId={line.id} accountIds={line.accountIds} wall={wall} zone={zone} />}
        <DialogActions
          close={close}
          action="Move"
          run={save}
          working={moving}
          disabled={wall === '' || meaningOf(wall, zone).kind === 'never'}
        />
      </Stack>
    </Modal>
  )
}
