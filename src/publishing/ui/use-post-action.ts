// Runs one change of a post: the answer is the newest post, everything that shows posts is read again.

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from '../../kit/api.ts'
import { showDone, showProblem } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Post } from './use-saver.ts'

export function usePostAction() {
  const { id: org } = useOrg()
  const queryClient = useQueryClient()
  const [running, setRunning] = useState<string | null>(null)
  /** @throws what the server refused, for dialogs that show it themselves. */
  const change = async (work: () => Promise<Post>, said: string): Promise<void> => {
    try {
      const post = await work()
      queryClient.setQueryData(api.posts.read.queryKey({ input: { org, id: post.id } }), post)
      showDone(said)
    } finally {
      void refresh(queryClient, api.posts, api.accounts)
    }
  }
  const run = async (name: string, work: () => Promise<Post>, said: string): Promise<void> => {
    setRunning(name)
    await change(work, said).catch((error) => showProblem(error))
    setRunning(null)
  }
  return { org, running, change, run }
}
