// One part of a post: its text with counters, its pictures and videos, and what stands against them.

import { ActionIcon, Button, Group, Textarea } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, useState } from 'react'
import type { Segment } from '../../connectors/contract.ts'
import { useComposer } from './composer-context.ts'
import { Counters } from './counter.tsx'
import { FieldIssues, hasError, useFieldIssues } from './field-issues.tsx'
import { LinkCardField } from './link-card-field.tsx'
import { MediaField, useMediaUploads } from './media-field.tsx'
import { SplitOffer } from './split-offer.tsx'

interface SegmentEditorProps {
  index: number
  segment: Segment
  count: number
  change: (change: (segment: Segment) => Segment) => void
  move: (by: -1 | 1) => void
  remove: () => void
}

export function SegmentEditor({ index, segment, count, change, move, remove }: SegmentEditorProps) {
  const { closed } = useComposer()
  const [over, setOver] = useState(false)
  const uploads = useMediaUploads(change)
  const field = `segments.${index}`
  const name = count > 1 ? `Part ${index + 1} of ${count}` : 'Text'
  const issues = useFieldIssues(`${field}.text`)
  const drop = (event: DragEvent) => {
    setOver(false)
    if (closed || event.dataTransfer.files.length === 0) return
    event.preventDefault()
    uploads.add([...event.dataTransfer.files])
  }
  const paste = (event: ClipboardEvent) => {
    // Text copied from a document may carry a picture of itself; words go first.
    if (event.clipboardData.files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    uploads.add([...event.clipboardData.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is a second way; the button beside it is the first
    <div
      className="cp-segment"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (closed || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {count > 1 && <PartBar index={index} count={count} move={move} remove={remove} disabled={closed !== null} />}
      <Textarea
        aria-label={name}
        placeholder={index === 0 ? 'What do you want to say?' : 'And then?'}
        autosize
        minRows={index === 0 ? 5 : 3}
        maxRows={28}
        value={segment.text}
        disabled={closed !== null}
        error={hasError(issues)}
        aria-describedby={issues.length > 0 ? `${field}-issues` : undefined}
        onChange={({ currentTarget: { value } }) => change((before) => ({ ...before, text: value }))}
        onPaste={paste}
      />
      <Counters text={segment.text} />
      <FieldIssues id={`${field}-issues`} field={`${field}.text`} />
      <SplitOffer index={index} text={segment.text} />
      <MediaField index={index} media={segment.media} change={change} uploads={uploads} />
      <LinkCardField index={index} segment={segment} change={change} />
    </div>
  )
}

interface PartBarProps {
  index: number
  count: number
  move: (by: -1 | 1) => void
  remove: () => void
  disabled: boolean
}

function PartBar({ index, count, move, remove, disabled }: PartBarProps) {
  return (
    <Group justify="space-between" gap="xs">
      <span className="cp-part">Part {index + 1}</span>
      <Group gap={4}>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={disabled || index === 0}
          onClick={() => move(-1)}
          aria-label={`Move part ${index + 1} up`}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={disabled || index === count - 1}
          onClick={() => move(1)}
          aria-label={`Move part ${index + 1} down`}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconTrash size={16} />}
          disabled={disabled}
          onClick={remove}
          aria-label={`Remove part ${index + 1}`}
        >
          Remove
        </Button>
      </Group>
    </Group>
  )
}
