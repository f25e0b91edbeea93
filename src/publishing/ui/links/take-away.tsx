// Taking a short link away, and bringing it back.

import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { showDone, showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

type ShortLink = Output<typeof client.links.read>

/** Whoever follows a link that was taken away sees a page that says so. */
export function TakeAway({ link, compact = false }: { link: ShortLink; compact?: boolean }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id: link.id }
  // A placement says whether its link leads anywhere.
  const changed = () => refresh(queryClient, api.links, api.placements)
  const restore = async () => {
    await client.links.restore(input)
    await changed()
  }
  const change = useMutation({
    mutationFn: async () => {
      if (link.removedAt) {
        await restore()
        return showDone('The link leads on again')
      }
      await client.links.remove(input)
      await changed()
      showUndo('The link leads nowhere now', restore)
    },
    onError: (error) => showProblem(error),
  })
  return (
    <Button
      {...(compact ? { variant: 'subtle', color: 'gray', size: 'compact-sm' } : { variant: 'default' })}
      loading={change.isPending}
      onClick={() => change.mutate()}
    >
      {link.removedAt ? 'Bring back' : 'Take away'}
    </Button>
  )
}
