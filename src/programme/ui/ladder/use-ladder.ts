// What can be done on the ladder: each answer is the ladder as it stands then, and shown at once.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Ladder } from './ladder-page.tsx'

const undone = 'It was begun by mistake, and undone.'

export function useLadder() {
  const { id: org } = useOrg()
  const queryClient = useQueryClient()
  const key = api.competencies.read.queryKey({ input: { org } })
  // Histories, what was seen, and whether something comes before publishing.
  const refreshAll = () => refresh(queryClient, api.competencies, api.publishingAdvice)
  const show = async (ladder: Ladder): Promise<void> => {
    queryClient.setQueryData(key, ladder)
    await refreshAll()
  }
  const onError = (error: unknown) => showProblem(error)
  const lay = useMutation({ mutationFn: async () => show(await client.competencies.lay({ org })), onError })
  const begin = useMutation({
    onError,
    mutationFn: async ({ id, name, departmentId }: { id: string; name: string; departmentId: string | null }) => {
      const ladder = await client.competencies.begin({ org, id, departmentId })
      await show(ladder)
      const stepId = ladder.rungs
        .find((rung) => rung.id === id)
        ?.teams.find((team) => team.departmentId === departmentId)?.stepId
      if (!stepId) return
      showUndo(`“${name}” is begun`, async () =>
        show(await client.competencies.setAside({ org, id: stepId, reason: undone })),
      )
    },
  })
  const look = useMutation({
    mutationFn: async (id: string) => show(await client.competencies.look({ org, id })),
    onError,
  })
  const master = useMutation({
    mutationFn: async (id: string) => show(await client.competencies.master({ org, id })),
    onError,
  })
  const order = useMutation({
    onError,
    mutationFn: async ({ ids, before }: { ids: string[]; before: string[] }) => {
      await show(await client.competencies.order({ org, ids }))
      showUndo('The order has changed', async () => show(await client.competencies.order({ org, ids: before })))
    },
  })
  const remove = useMutation({
    onError,
    mutationFn: async ({ id, name }: { id: string; name: string }) => {
      await show(await client.competencies.remove({ org, id }))
      showUndo(`“${name}” is taken away`, async () => show(await client.competencies.restore({ org, id })))
    },
  })
  return { lay, begin, look, master, order, remove, show, refreshAll }
}
