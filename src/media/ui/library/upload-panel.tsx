// How a drop gets on: all of it, each file, what failed and why, and what to do about it.

import { Button, Group, Progress, UnstyledButton } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { IconAlertTriangle, IconCheck, IconChevronDown, IconChevronUp, IconCopy, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { refusalOf } from '../../../kit/api.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { count, fieldWords } from '../../../kit/words.ts'
import type { Media } from '../upload.ts'
import { type DropQueue, type Line, summaryOf } from './drop-queue.ts'
import { brokenOff, forgetBrokenOff } from './use-drops.ts'

type Drops = DropQueue<Media>

export function UploadPanel({ drops }: { drops: Drops }) {
  const lines = drops.lines()
  const [open, setOpen] = useState(true)
  if (lines.length === 0) return null
  const summary = summaryOf(lines)
  const failed = lines.filter(({ state }) => state === 'failed')
  const shown = [...failed, ...lines.filter(({ state }) => state !== 'failed').toSorted(byInterest)]
  return (
    <section className="lr-panel md-uploads" aria-label="Uploads">
      <div className="md-uploads-head">
        <p role="status">{headline(summary)}</p>
        <Group gap={4}>
          {failed.length > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => drops.retry()}>
              Try {failed.length === 1 ? 'it' : `all ${failed.length}`} again
            </Button>
          )}
          {summary.left > 0 ? (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => drops.drop()}>
              Stop
            </Button>
          ) : (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => drops.clear()}>
              Clear
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            rightSection={open ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
          >
            Files
          </Button>
        </Group>
      </div>
      <Progress
        value={summary.share * 100}
        size="sm"
        color={summary.waits ? 'amber' : summary.left === 0 ? 'done' : undefined}
        aria-label="All uploads"
        transitionDuration={0}
      />
      {open && (
        <ul className="md-upload-list">
          {shown.slice(0, 200).map((line) => (
            <UploadLine key={line.key} line={line} drops={drops} />
          ))}
          {shown.length > 200 && <li className="lr-dimmed">… and {count(shown.length - 200, 'more file')}</li>}
        </ul>
      )}
    </section>
  )
}

/** What moves comes first, what is done last. */
const interest: Record<Line<Media>['state'], number> = {
  failed: 0,
  sending: 1,
  looking: 2,
  pausing: 2,
  ready: 3,
  waiting: 4,
  known: 5,
  arrived: 5,
}
const byInterest = (one: Line<Media>, other: Line<Media>): number => interest[one.state] - interest[other.state]

function headline({ total, arrived, known, failed, left, waits }: ReturnType<typeof summaryOf>): string {
  const there = known > 0 ? `, ${known} ${known === 1 ? 'was' : 'were'} there already` : ''
  const wrong = failed > 0 ? `, ${failed} failed` : ''
  if (waits) return `Waiting for the connection: ${arrived + known} of ${total} are there. It goes on by itself.`
  return left > 0
    ? `${arrived + known} of ${total} files${there}${wrong}`
    : `${count(arrived, 'file')} added${there}${wrong}`
}

function UploadLine({ line, drops }: { line: Line<Media>; drops: Drops }) {
  const failed = line.state === 'failed'
  return (
    <li className="md-upload" data-state={line.state}>
      <span className="md-upload-icon" aria-hidden>
        {failed ? (
          <IconAlertTriangle size={16} />
        ) : line.state === 'known' ? (
          <IconCopy size={16} />
        ) : line.state === 'arrived' ? (
          <IconCheck size={16} />
        ) : null}
      </span>
      <span className="md-upload-name">{line.name}</span>
      <span className="md-upload-state">{stateWords(line)}</span>
      {line.state === 'sending' && (
        <Progress value={line.share * 100} size="xs" aria-label={`Upload of ${line.name}`} transitionDuration={0} />
      )}
      {failed && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => drops.retry(line.key)}
          aria-label={`Try ${line.name} again`}
        >
          Try again
        </Button>
      )}
      {line.state !== 'arrived' && line.state !== 'known' && (
        <UnstyledButton
          className="md-upload-drop"
          onClick={() => drops.drop(line.key)}
          aria-label={failed ? `Forget ${line.name}` : `Stop the upload of ${line.name}`}
        >
          <IconX size={14} aria-hidden />
        </UnstyledButton>
      )}
    </li>
  )
}

function stateWords({ state, share, error, media }: Line<Media>): string {
  if (state === 'sending') return share < 1 ? `${Math.floor(share * 100)} %` : 'being checked…'
  if (state === 'failed') return fieldWords(refusalOf(error))
  if (state === 'known') return `was there already${media ? ` as ${media.fileName}` : ''}`
  if (state === 'arrived') return 'added'
  if (state === 'looking') return 'looking whether it is there…'
  if (state === 'pausing') return error === null ? 'has a double on its way' : 'tries again in a moment'
  return 'waits'
}

/** After a tab was closed in the middle: what to do so that nothing is missing, and nothing is there twice. */
export function BrokenOffNote({ orgId, idle }: { orgId: string; idle: boolean }) {
  const [dismissed, setDismissed] = useState(false)
  const found = idle && !dismissed ? brokenOff(orgId) : null
  if (!found) return null
  return (
    <div className="lr-panel md-broken-off" role="status">
      <p>
        An upload of {count(found.total, 'file')} broke off <TimeText at={found.at} relative />, with {found.done} of
        them done. Drop the same files again: what is there is recognised and not sent twice.
      </p>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        onClick={() => {
          forgetBrokenOff(orgId)
          setDismissed(true)
        }}
      >
        Dismiss
      </Button>
    </div>
  )
}
