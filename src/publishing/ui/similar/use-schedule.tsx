// Schedules a post, or asks for approval of it; where the same words go to the same account within a day, a person is asked whether they mean it.

import { Anchor } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refusalOf } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Post } from '../use-saver.ts'

type When = Parameters<typeof client.posts.schedule>[0]['when']

/** What those who approve are told; without it the post is scheduled. */
export interface Asking {
  note: string
  fastLaneId?: string
}

/** @throws what the server refused; the refusal of same words too, where the person steps back. */
export function useSchedule(): (id: string, when: When, asking?: Asking | null) => Promise<Post> {
  const { id: org, slug } = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  return async (id, when, asking) => {
    const send = (meant: { sameTextAgain?: true }) =>
      asking
        ? client.approvals.ask({ org, id, when, ...asking, ...meant })
        : client.posts.schedule({ org, id, when, ...meant })
    try {
      return await send({})
    } catch (error) {
      const { code, params } = refusalOf(error)
      if (code !== 'same-text-again') throw error
      let post: Post | null = null
      await confirm({
        title: asking ? 'Ask for the same words again?' : 'Send the same words again?',
        body: (
          <>
            {/* Beside this page, where the question stays open; dialogs lie outside of the router. */}
            <Anchor inherit href={`/o/${slug}/posts/${params.postId}`} target="_blank" rel="noopener">
              Another post
            </Anchor>{' '}
            says exactly this to the same account within 24 hours. Readers would see it twice.
          </>
        ),
        action: asking ? 'Ask all the same' : 'Send it again',
        run: async () => {
          post = await send({ sameTextAgain: true })
          queryClient.setQueryData(api.posts.read.queryKey({ input: { org, id } }), post)
        },
      })
      if (!post) throw error
      return post
    }
  }
}
