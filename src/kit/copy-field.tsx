// Text to be taken elsewhere: a link, a token, a secret. Copies where the browser allows it, selects where it does not.

import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useRef, useState } from 'react'

export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      // Without https there is no clipboard; the text is selected, so the keyboard can copy it.
    }
  }
  return (
    <TextInput
      ref={input}
      label={label}
      description={description}
      value={value}
      readOnly
      className="lr-copy"
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <Tooltip label={copied ? 'Copied' : 'Copy'}>
          <ActionIcon
            variant="subtle"
            color={copied ? 'done' : 'gray'}
            onClick={() => void copy()}
            aria-label={copied ? 'Copied' : 'Copy'}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      }
    />
  )
}
