// How sensitive alerts of a topic are, as a choice of four.

import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { profileWords } from './alert-words.ts'

type Profile = keyof typeof profileWords

export function ProfileSelect({ topicId }: { topicId: string }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const own = useQuery(api.alerts.profile.queryOptions({ input: { org: org.id, id: topicId } }))
  const change = useMutation({
    mutationFn: (profile: Profile) => client.alerts.changeProfile({ org: org.id, id: topicId, profile }),
    onSuccess: async ({ profile }) => {
      showDone(`Alerts of this topic: ${profileWords[profile].label.toLowerCase()}`)
      await refresh(queryClient, api.alerts)
    },
    onError: (error) => showProblem(error),
  })
  const profile = own.data?.profile ?? 'standard'
  return (
    <Select
      label="Alerts"
      description={profileWords[profile].means}
      allowDeselect={false}
      disabled={!own.data || change.isPending || !may('listening.change')}
      data={Object.entries(profileWords).map(([value, { label }]) => ({ value, label }))}
      value={profile}
      onChange={(value) => value && change.mutate(value as Profile)}
    />
  )
}
