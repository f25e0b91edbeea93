// How useful members find a post: five steps to press, the mean, and of how many.

import { SegmentedControl } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client } from '../../../kit/api.ts'
import { showProblem } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'

const steps = ['1', '2', '3', '4', '5']

export function Usefulness({ postId }: { postId: string }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id: postId }
  const rated = useQuery(api.originality.usefulness.queryOptions({ input }))
  if (!rated.data) return null
  const { mean, n, mine } = rated.data
  const rate = async (value: string) => {
    try {
      const next = await client.originality.rate({ ...input, rating: value === 'none' ? null : Number(value) })
      queryClient.setQueryData(api.originality.usefulness.queryKey({ input }), next)
    } catch (error) {
      showProblem(error)
    }
  }
  return (
    <section className="lr-panel po-useful" aria-labelledby="useful">
      <h2 id="useful">Useful for readers?</h2>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="useful"
        value={mine === null ? 'none' : String(mine)}
        onChange={(value) => void rate(value)}
        data={[{ value: 'none', label: '–' }, ...steps]}
      />
      <p className="po-note">
        1: no use, 5: very useful.{' '}
        {mean === null ? 'Nobody has rated it yet.' : `Mean ${mean.toFixed(1)} of ${count(n, 'member')}.`}
      </p>
    </section>
  )
}
