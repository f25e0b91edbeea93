// A small button that copies a text, for rows; where the browser has no clipboard (without https) it is not there.

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'

/** `label` says what is copied, as “Copy example.org/l/abc”. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false)
  if (!navigator.clipboard) return null
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Tooltip label={copied ? 'Copied' : 'Copy'}>
      <ActionIcon
        variant="subtle"
        color={copied ? 'done' : 'gray'}
        onClick={() => void copy()}
        aria-label={copied ? 'Copied' : label}
      >
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  )
}
