// What the machine learnt from coded texts, in words, with the switch that turns it off.

import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'

type Lesson = Output<typeof client.labels.lessons>['lessons'][number]

const familyWords = { english: 'English', elsewhere: 'Other languages' }
/** Below this a shift changes next to no label. */
const noticeable = 0.1

export function Lessons() {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const lessons = useQuery(api.labels.lessons.queryOptions({ input: { org: org.id } }))
  const change = useMutation({
    mutationFn: (off: boolean) => client.labels.useLessons({ org: org.id, off }),
    onSuccess: () => refresh(queryClient, api.labels),
    onError: (error) => showProblem(error),
  })
  if (lessons.isPending) return <LoadingRows />
  if (!lessons.data) return <ErrorPanel error={lessons.error} retry={() => void lessons.refetch()} />
  const { off, least, lessons: learnt } = lessons.data
  if (learnt.length === 0)
    return (
      <p className="cd-plain">Nothing yet. From {least} coded texts on the machine learns how moods are meant here.</p>
    )
  return (
    <div className="cd-text">
      {learnt.map((lesson) => (
        <p key={lesson.family}>
          <strong>{familyWords[lesson.family]}.</strong> {lessonSentence(lesson)}
        </p>
      ))}
      <Switch
        label="Use what was learnt"
        description="For what is heard from now on. What is stored stays as it is."
        checked={!off}
        disabled={!may('listening.change') || change.isPending}
        onChange={(event) => change.mutate(!event.currentTarget.checked)}
      />
    </div>
  )
}

const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`

function lessonSentence({ looks, used, right, shifts, slope }: Lesson): string {
  const from = `From ${count(looks, 'text')}`
  if (!used) return `${from}: moving its labels did not help on texts held back, so nothing is moved.`
  const moved = Object.entries(shifts)
  const more = moved.filter(([, shift]) => shift > noticeable).map(([name]) => name)
  const less = moved.filter(([, shift]) => shift < -noticeable).map(([name]) => name)
  const parts = [
    more.length > 0 && `says ${more.join(' and ')} more readily`,
    less.length > 0 && `${less.join(' and ')} less`,
    slope < 0.9 && 'is less sure of itself',
    slope > 1.1 && 'is surer of itself',
  ].filter(Boolean)
  const what = parts.length > 0 ? `It ${parts.join(', ')}.` : 'It moves its labels a little.'
  return `${from}. ${what} On texts held back it was right in ${percent(right.after)} instead of ${percent(right.before)}.`
}
