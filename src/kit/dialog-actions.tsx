// The buttons at the foot of a dialog, the same everywhere: the way back, then what the dialog is for, at the end of the line.
//
//   <DialogActions close={close} action="Hold now" danger working={working} disabled={!reason.trim()} />      sends the form around it
//   <DialogActions close={close} action="Move" run={save} working={moving} />                               where there is no form

import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'

interface DialogActionsProps {
  close: () => void
  action: ReactNode
  /** Absent: the button sends the form that the dialog holds. */
  run?: () => unknown
  working?: boolean
  disabled?: boolean
  /** It destroys or stops something. */
  danger?: boolean
  /** Where nothing else has it. */
  autofocus?: boolean
  /** Something else that can be done, at the beginning of the line. */
  children?: ReactNode
}

/** “Back” rather than “Cancel”: posts are cancelled here too, and then both words would stand side by side. */
export function DialogActions(props: DialogActionsProps) {
  const { close, action, run, working, disabled, danger, autofocus, children } = props
  return (
    <Group justify="flex-end" gap="xs">
      {children && <div className="lr-dialog-more">{children}</div>}
      <Button variant="default" onClick={close} disabled={working}>
        Back
      </Button>
      <Button
        type={run ? 'button' : 'submit'}
        color={danger ? 'crimson' : undefined}
        onClick={run && (() => void run())}
        loading={working}
        disabled={disabled}
        data-autofocus={autofocus || undefined}
      >
        {action}
      </Button>
    </Group>
  )
}
