// Says whether what was typed is safe: saved, being saved, not yet, or failed with the way to try again.

import { Anchor, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconPencil } from '@tabler/icons-react'
import { TimeText } from './time-text.tsx'

export type SaveProgress = 'saved' | 'unsaved' | 'saving' | 'failed'

export function SaveState({
  state,
  at,
  retry,
}: {
  state: SaveProgress
  at?: string | Date | null
  retry?: () => void
}) {
  return (
    <span className="lr-save" data-state={state} role="status">
      {state === 'saved' && <IconCheck size={16} aria-hidden />}
      {state === 'unsaved' && <IconPencil size={16} aria-hidden />}
      {state === 'saving' && <Loader size={14} aria-hidden />}
      {state === 'failed' && <IconAlertTriangle size={16} aria-hidden />}
      <span>
        {state === 'saved' && <>Saved {at && <TimeText at={at} relative />}</>}
        {state === 'unsaved' && 'Not saved yet'}
        {state === 'saving' && 'Saving…'}
        {state === 'failed' && 'Not saved. What you typed is still here. '}
        {state === 'failed' && retry && (
          <Anchor component="button" type="button" size="sm" onClick={retry}>
            Try again
          </Anchor>
        )}
      </span>
    </span>
  )
}
