// The words of a draft, whom it goes to, how its mail will read, and publishing it.

import { Button, Group, MultiSelect, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Brief } from './brief-page.tsx'

const parts = [
  { key: 'heard', label: 'What was heard', help: 'In your words: what people spoke of, and how.' },
  { key: 'learnt', label: 'What it means', help: 'What changed, what surprised, what it says about us.' },
  { key: 'next', label: 'What follows', help: 'Who does what by when.' },
] as const

export function BriefEditor({ brief }: { brief: Brief }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [words, setWords] = useState({
    ...{ heard: brief.heard, learnt: brief.learnt, next: brief.next },
    ...{ readerIds: brief.readerIds, departmentIds: brief.departmentIds },
  })
  // The one that these words were made from: what somebody else saved meanwhile is refused by it, never overwritten.
  const [seen, setSeen] = useState(brief.revision)
  const input = { org: org.id, id: brief.id }
  const again = () => refresh(queryClient, api.listeningBriefs)
  const onError = (error: unknown) => showProblem(error)
  const save = async () => {
    const { revision } = await client.listeningBriefs.change({ ...input, revision: seen, ...words })
    setSeen(revision)
    return revision
  }
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      await again()
      showDone('Saved')
    },
    onError,
  })
  const publishing = useMutation({
    mutationFn: async () => {
      return client.listeningBriefs.publish({ ...input, revision: await save() })
    },
    onSuccess: ({ readers }) => showDone(`Published to ${readers === 1 ? 'one reader' : `${readers} readers`}`),
    onSettled: again,
    onError,
  })
  const figures = useMutation({ mutationFn: () => client.listeningBriefs.refresh(input), onSuccess: again, onError })
  return (
    <Section title="Your words" description="Figures say how much; only people say what it means.">
      {parts.map(({ key, label, help }) => (
        <Textarea
          key={key}
          label={label}
          description={help}
          autosize
          minRows={3}
          maxRows={16}
          maxLength={20_000}
          value={words[key]}
          onChange={(event) => setWords({ ...words, [key]: event.currentTarget.value })}
        />
      ))}
      <Readers words={words} change={(next) => setWords({ ...words, ...next })} />
      <Group gap="xs">
        <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
          Save the draft
        </Button>
        <Button variant="default" loading={figures.isPending} onClick={() => figures.mutate()}>
          Make the figures again
        </Button>
        {may('listening.publish') && (
          <Button loading={publishing.isPending} onClick={() => publishing.mutate()}>
            Publish
          </Button>
        )}
      </Group>
    </Section>
  )
}

interface Chosen {
  readerIds: string[]
  departmentIds: string[]
}

function Readers({ words, change }: { words: Chosen; change: (next: Partial<Chosen>) => void }) {
  const org = useOrg()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const people = (members.data ?? []).filter(({ id, endedAt }) => !endedAt || words.readerIds.includes(id))
  return (
    <>
      <MultiSelect
        label="Readers"
        description="Each gets it by mail and is asked to say that they have read it."
        searchable
        nothingFoundMessage="Nobody of that name"
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={words.readerIds}
        onChange={(readerIds) => change({ readerIds })}
      />
      {departments.data && departments.data.length > 0 && (
        <MultiSelect
          label="Departments"
          description="Everybody who belongs to them when it is published."
          searchable
          nothingFoundMessage="No such department"
          data={departments.data.map(({ id, name }) => ({ value: id, label: name }))}
          value={words.departmentIds}
          onChange={(departmentIds) => change({ departmentIds })}
        />
      )}
    </>
  )
}
