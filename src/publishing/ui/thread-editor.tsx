// All parts of a post in their order, and the button for one more where a chosen network takes threads.

import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { Draft, Segment } from '../../connectors/contract.ts'
import { showUndo } from '../../kit/toast.tsx'
import { useComposer } from './composer-context.ts'
import { FieldIssues } from './field-issues.tsx'
import { SegmentEditor } from './segment-editor.tsx'

export function ThreadEditor() {
  const { words, edit, concerned, closed } = useComposer()
  const { segments } = words
  const threads = concerned.some((account) => (limitsOf(account).thread?.max ?? 1) > segments.length)
  const changeSegment = (index: number) => (change: (segment: Segment) => Segment) =>
    edit((before) => ({
      ...before,
      segments: before.segments.map((segment, at) => (at === index ? change(segment) : segment)),
    }))
  const remove = (index: number) => {
    const gone = segments[index]!
    edit(withoutSegment(index))
    showUndo(`Part ${index + 1} removed`, async () =>
      edit((now) => ({ ...now, segments: now.segments.toSpliced(index, 0, gone) })),
    )
  }
  return (
    <div className="cp-thread">
      {segments.map((segment, index) => (
        <SegmentEditor
          key={index}
          index={index}
          segment={segment}
          count={segments.length}
          change={changeSegment(index)}
          move={(by) => edit(movedSegment(index, by))}
          remove={() => remove(index)}
        />
      ))}
      <FieldIssues field="segments" />
      {threads && !closed && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={16} />}
          className="cp-add"
          onClick={() => edit((before) => ({ ...before, segments: [...before.segments, { text: '', media: [] }] }))}
        >
          Add a part to the thread
        </Button>
      )}
    </div>
  )
}

const withoutSegment =
  (index: number) =>
  (words: Draft): Draft => ({ ...words, segments: words.segments.toSpliced(index, 1) })

const movedSegment =
  (index: number, by: -1 | 1) =>
  (words: Draft): Draft => {
    const segments = [...words.segments]
    const [moved] = segments.splice(index, 1)
    segments.splice(index + by, 0, moved!)
    return { ...words, segments }
  }
