// Settings: what is practised in drills. Longrun brings some; an organisation makes the set its own.

import { Button, Modal, SegmentedControl } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { RetireActions } from '../settings/retire-actions.tsx'
import { type Exercise, kindWords, wayOr } from './drill-words.ts'
import { ExerciseForm, emptyExercise } from './exercise-form.tsx'
import '../refusal-words.ts'
import './drills.css'

export function ExercisesPage() {
  const org = useOrg()
  const may = useMay()
  const [show, setShow] = useSearchWord('show')
  const [editing, setEditing] = useState<Exercise | 'new' | null>(null)
  const list = useQuery(api.exercises.list.queryOptions({ input: { org: org.id } }))
  const isRetired = show === 'retired'
  const add = may('inbox.train') && <Button onClick={() => setEditing('new')}>New exercise</Button>
  return (
    <AppPage
      title="Exercises"
      description="What is practised in drills. Whoever practises sees the words alone; what a good answer does is for you who judge."
      actions={add}
      crumbs={[
        <TextLink key="drills" to="/o/$slug/settings/drills" params={{ slug: org.slug }} inherit>
          Drills
        </TextLink>,
      ]}
    >
      <DataTable
        label="Exercises"
        query={list}
        rows={list.data?.filter(({ retiredAt }) => (retiredAt !== null) === isRetired)}
        rowKey={({ id }) => id}
        filters={
          <SegmentedControl
            value={show ?? 'offered'}
            onChange={(value) => setShow(value === 'offered' ? null : value)}
            data={[
              { value: 'offered', label: 'In drills' },
              { value: 'retired', label: 'Retired' },
            ]}
          />
        }
        empty={
          isRetired ? (
            <EmptyState title="None is retired" />
          ) : (
            <EmptyState title="No exercises" icon={<IconTargetArrow size={28} stroke={1.5} />} action={add}>
              Write down what people say that is hard to answer, or offer retired exercises again.
            </EmptyState>
          )
        }
        columns={columnsOf(may('inbox.train') ? setEditing : null)}
      />
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === 'new' ? 'New exercise' : 'Change exercise'}
        size="lg"
      >
        {editing && (
          <ExerciseForm
            before={editing === 'new' ? emptyExercise : editing}
            send={(facts) =>
              editing === 'new'
                ? client.exercises.add({ org: org.id, ...facts })
                : client.exercises.change({ org: org.id, ...facts, id: editing.id })
            }
            close={() => setEditing(null)}
          />
        )}
      </Modal>
    </AppPage>
  )
}

const columnsOf = (edit: ((exercise: Exercise) => void) | null): Column<Exercise>[] => [
  { id: 'title', header: 'Title', primary: true, cell: ({ title }) => title },
  { id: 'kind', header: 'What it is', cell: ({ kind }) => kindWords[kind] },
  { id: 'way', header: 'What you would do', cell: ({ way }) => wayOr(way) },
  {
    id: 'changed',
    header: 'Changed',
    cell: ({ updatedAt }) => (updatedAt ? <TimeText at={updatedAt} style="date" /> : 'As it came'),
  },
  ...(edit
    ? [
        {
          ...{ id: 'actions', header: 'Actions', actions: true as const },
          cell: (exercise: Exercise) => <Actions exercise={exercise} edit={() => edit(exercise)} />,
        },
      ]
    : []),
]

function Actions({ exercise: { id, title, retiredAt }, edit }: { exercise: Exercise; edit: () => void }) {
  const place = { org: useOrg().id, id }
  return (
    <RetireActions
      name={title}
      isRetired={retiredAt !== null}
      list={api.exercises}
      edit={edit}
      retire={() => client.exercises.retire(place)}
      restore={() => client.exercises.restore(place)}
    />
  )
}
