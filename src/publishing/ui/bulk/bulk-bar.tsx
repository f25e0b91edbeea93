// What can be done with the chosen posts: a bar that is there while some are chosen.

import { Button, CloseButton, Menu } from '@mantine/core'
import { IconArrowsMove, IconCopy, IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { CalendarLine } from '../calendar-context.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { mostChosen, type Selection, useChosen } from './selection.ts'
import type { Bulk } from './use-bulk.ts'

interface BulkBarProps {
  selection: Selection
  bulk: Bulk
  ask: (lines: CalendarLine[], act: 'move' | 'copy') => void
}

export function BulkBar({ selection, bulk, ask }: BulkBarProps) {
  const chosen = useChosen(selection)
  const may = useMay()
  const [asked, setAsked] = useState<'hold' | 'cancel' | 'assign' | null>(null)
  const close = () => setAsked(null)
  const finish = async (work: ReturnType<Bulk['schedule']>) => {
    const answer = await work
    bulk.tellRefused(answer)
    if (answer?.refused === 0) selection.clear()
  }
  if (chosen.length === 0) return null
  return (
    <section className="ca-bulk" aria-label="Chosen posts">
      <CloseButton aria-label="Choose none" onClick={() => selection.clear()} />
      <strong role="status">
        {count(chosen.length, 'post')} chosen{chosen.length === mostChosen && ', which is the most at once'}
      </strong>
      {may('posts.write') && (
        <>
          <Button size="xs" leftSection={<IconArrowsMove size={14} />} onClick={() => ask(chosen, 'move')}>
            Move…
          </Button>
          <Button size="xs" variant="default" leftSection={<IconCopy size={14} />} onClick={() => ask(chosen, 'copy')}>
            Copy to…
          </Button>
        </>
      )}
      <Menu position="top-end">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconDots size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {may('posts.write') && <Menu.Item onClick={() => setAsked('assign')}>Assign…</Menu.Item>}
          {may('posts.schedule') && (
            <>
              <Menu.Item onClick={() => void finish(bulk.schedule(chosen))}>Schedule at their times</Menu.Item>
              <Menu.Item onClick={() => void finish(bulk.unschedule(chosen))}>Back to drafts</Menu.Item>
            </>
          )}
          {may('posts.hold') && <Menu.Item onClick={() => setAsked('hold')}>Hold…</Menu.Item>}
          {may('posts.schedule') && <Menu.Item onClick={() => setAsked('cancel')}>Cancel…</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <ReasonDialog
        opened={asked === 'hold'}
        close={close}
        title={`Hold ${count(chosen.length, 'post')}?`}
        text="Nothing of them goes out until somebody releases them."
        action="Hold"
        needed
        run={(reason) => finish(bulk.hold(chosen, reason))}
      />
      <ReasonDialog
        opened={asked === 'cancel'}
        close={close}
        title={`Cancel ${count(chosen.length, 'post')}?`}
        text="They will not be sent. They stay on record and can be scheduled again."
        action="Cancel the posts"
        run={(reason) => finish(bulk.cancel(chosen, reason))}
      />
      {asked === 'assign' && (
        <AssignDialog posts={chosen.length} close={close} run={(change) => finish(bulk.assign(chosen, change))} />
      )}
    </section>
  )
}
