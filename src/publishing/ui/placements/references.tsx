// Counting people who said that they came by a placement, and what was counted before.

import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMemberNames } from '../../../accounts/ui/use-member-names.ts'
import { api, client, refresh } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count as counted } from '../../../kit/words.ts'
import type { Placement } from './placement-form.tsx'
import '@mantine/core/styles/NumberInput.css'

export function References({ placement }: { placement: Placement }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const memberName = useMemberNames()
  const input = { org: org.id, id: placement.id }
  const list = useQuery({ ...api.placements.references.queryOptions({ input }), enabled: placement.named > 0 })
  const takeBack = useMutation({
    mutationFn: async ({ id, count, note }: { id: string; count: number; note: string }) => {
      await client.placements.takeBack({ ...input, reference: id })
      await refresh(queryClient, api.placements)
      showUndo('Taken back', async () => {
        await client.placements.count({ ...input, count, note })
        await refresh(queryClient, api.placements)
      })
    },
    onError: (error) => showProblem(error, 'It was not taken back'),
  })
  return (
    <>
      {may('placements.count') && <CountForm placement={placement} />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {placement.named > 0 && list.data && (
        <ul className="pl-references" aria-label="What was counted">
          {list.data.map((each) => (
            <li key={each.id}>
              <span>
                {counted(each.count, 'person', 'people')}, <TimeText at={each.at} relative />
                {memberName(each.countedBy) && ` by ${memberName(each.countedBy)}`}
                {each.note && <span className="lr-below">{each.note}</span>}
              </span>
              {may('placements.count') && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  loading={takeBack.isPending && takeBack.variables.id === each.id}
                  onClick={() => takeBack.mutate(each)}
                >
                  Take back
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function CountForm({ placement }: { placement: Placement }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [count, setCount] = useState<number | string>(1)
  const [note, setNote] = useState('')
  const add = useMutation(
    api.placements.count.mutationOptions({
      onSuccess: async () => {
        await refresh(queryClient, api.placements)
        setCount(1)
        setNote('')
      },
      onError: (error) => showProblem(error, 'It was not counted'),
    }),
  )
  const wrong = typeof count !== 'number' || count < 1
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) add.mutate({ org: org.id, id: placement.id, count, note })
      }}
    >
      <Group align="flex-end" gap="xs" mt="md">
        <NumberInput
          label={placement.word ? `Named “${placement.word}”` : 'Named it'}
          value={count}
          onChange={setCount}
          min={1}
          max={10_000}
          w={150}
        />
        <TextInput
          label="Note"
          placeholder="Where you asked"
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          flex="1 1 160px"
        />
        <Button type="submit" variant="default" disabled={wrong} loading={add.isPending}>
          Count
        </Button>
      </Group>
    </form>
  )
}
