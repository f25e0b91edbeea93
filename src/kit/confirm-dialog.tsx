// Asks before something that is hard to take back. The dialog stays open while it works and says so when it fails.
//
//   const confirm = useConfirm()
//   await confirm({ title: 'End the membership of Ada?', body: '…', action: 'End membership', danger: true, run: () => end(id) })
// Answers true when it was done. Where something can be undone, do it at once and use `showUndo` instead.

import { Modal, Stack, Text } from '@mantine/core'
import { createContext, type ReactNode, use, useCallback, useState } from 'react'
import { DialogActions } from './dialog-actions.tsx'
import { ErrorPanel } from './error-panel.tsx'

interface Question {
  title: string
  body?: ReactNode
  action: string
  danger?: boolean
  run?: () => Promise<unknown>
}

type Confirm = (question: Question) => Promise<boolean>
type Asked = Question & { answer: (done: boolean) => void }

const ConfirmContext = createContext<Confirm | null>(null)

export function useConfirm(): Confirm {
  const confirm = use(ConfirmContext)
  if (!confirm) throw new Error('useConfirm outside ConfirmProvider')
  return confirm
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [open, setOpen] = useState(false)
  const confirm = useCallback<Confirm>((question) => {
    return new Promise((answer) => {
      setAsked({ ...question, answer })
      setOpen(true)
    })
  }, [])
  const close = (done: boolean) => {
    asked?.answer(done)
    setOpen(false)
  }
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Modal opened={open} onClose={() => close(false)} title={asked?.title} onExitTransitionEnd={() => setAsked(null)}>
        {asked && <Answers question={asked} close={close} />}
      </Modal>
    </ConfirmContext>
  )
}

function Answers({ question, close }: { question: Question; close: (done: boolean) => void }) {
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setWorking(true)
    setError(null)
    try {
      await question.run?.()
      close(true)
    } catch (caught) {
      setError(caught)
      setWorking(false)
    }
  }
  return (
    <Stack gap="md">
      {question.body && (
        <Text size="sm" component="div">
          {question.body}
        </Text>
      )}
      <ErrorPanel error={error} kept="Nothing was changed." />
      <DialogActions
        close={() => close(false)}
        action={question.action}
        run={run}
        working={working}
        danger={question.danger}
        autofocus
      />
    </Stack>
  )
}
