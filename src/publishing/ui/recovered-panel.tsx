// Words that were typed here but never reached the server, offered back.

import { Button } from '@mantine/core'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { type Composition, compositionOf, type SavedForm, sameContent } from './composition.ts'
import { keepUnsaved, type UnsavedCopy } from './unsaved-copy.ts'

interface RecoveredPanelProps {
  copy: UnsavedCopy
  postId: string | null
  current: SavedForm
  take: (change: (now: Composition) => Composition) => void
  done: () => void
}

export function RecoveredPanel({ copy, postId, current, take, done }: RecoveredPanelProps) {
  const { id: orgId } = useOrg()
  if (sameContent(copy.form, current)) return null
  const text = copy.form.content.title || copy.form.content.segments.map((segment) => segment.text).join(' ')
  return (
    <div className="cp-banner" role="status">
      <p>
        <b>There are words that were not saved,</b> typed in this browser <TimeText at={copy.at} relative />:
      </p>
      <p className="cp-quote">{text.slice(0, 280) || 'Pictures or settings only'}</p>
      <div className="cp-banner-actions">
        <Button
          size="xs"
          onClick={() => {
            take(() => compositionOf(copy.form))
            done()
          }}
        >
          Take them back
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            keepUnsaved(orgId, postId, null)
            done()
          }}
        >
          Leave them
        </Button>
      </div>
    </div>
  )
}
