// What is asked for where a mention is handed on, or somebody is spoken to who did not write to us: why, and, where they are not to be contacted,
// whether all the same.

import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { refusalOf } from '../../../kit/api.ts'
import { refusalWords } from '../../../kit/words.ts'

export interface Given {
  reason: string
  /** Whoever asked not to be contacted is contacted all the same. */
  anyway: boolean
}

interface Props {
  help: string
  /** What is done with what was given; the button says it. */
  verb: string
  /** Absent where nobody is contacted by it. */
  anywayLabel?: string
  /** The mutation that does it. */
  doing: { error: Error | null; isPending: boolean; mutate: (given: Given) => void }
  close: () => void
  /** Further fields, below the reason. */
  children?: ReactNode
}

export function ReasonForm({ help, verb, anywayLabel, doing, close, children }: Props) {
  const [reason, setReason] = useState('')
  const [anyway, setAnyway] = useState(false)
  const refused = doing.error ? refusalOf(doing.error) : null
  return (
    <Stack gap="sm">
      <Textarea
        label="Why"
        description={help}
        autosize
        minRows={2}
        maxLength={1000}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {children}
      {refused && (
        <p role="alert" className="lr-dimmed">
          {refusalWords(refused).what} {refusalWords(refused).next}
        </p>
      )}
      {anywayLabel && (anyway || refused?.code === 'author-not-to-be-contacted') && (
        <Checkbox label={anywayLabel} checked={anyway} onChange={(event) => setAnyway(event.currentTarget.checked)} />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          disabled={reason.trim() === ''}
          loading={doing.isPending}
          onClick={() => doing.mutate({ reason, anyway })}
        >
          {verb}
        </Button>
      </Group>
    </Stack>
  )
}
