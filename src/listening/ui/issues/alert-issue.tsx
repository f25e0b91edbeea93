// The issue of an alert: a link to it, or a way to open one.

import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, client, refresh } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import './issue-words.ts'

export function AlertIssue({ alert }: { alert: { id: string; issueId: string | null } }) {
  const org = useOrg()
  const may = useMay()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const open = useMutation({
    mutationFn: () => client.issues.open({ org: org.id, alertId: alert.id }),
    onSuccess: async ({ id }) => {
      await refresh(queryClient, api.issues)
      await refresh(queryClient, api.alerts)
      await navigate({ to: '/o/$slug/listen/issues/$issueId', params: { slug: org.slug, issueId: id } })
    },
    onError: (error) => showProblem(error),
  })
  if (alert.issueId)
    return (
      <TextLink to="/o/$slug/listen/issues/$issueId" params={{ slug: org.slug, issueId: alert.issueId }}>
        Look at its issue
      </TextLink>
    )
  if (!may('issues.handle')) return <p className="al-facts">None was opened.</p>
  return (
    <Button variant="default" loading={open.isPending} onClick={() => open.mutate()}>
      Open an issue
    </Button>
  )
}
