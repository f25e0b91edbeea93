// Joins the saver to a page: saves while the person writes, keeps a copy in the browser, and asks before words are lost.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { api, client, type Output, refresh, refusalOf } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'
import type { Belonging } from '../types.ts'
import type { SavedForm } from './composition.ts'
import { createSaver, type SavedPost, type Saver, type SaverState } from './saver.ts'
import { keepUnsaved } from './unsaved-copy.ts'

export type Post = Output<typeof client.posts.read>

interface SaverPlan {
  post: Post | null
  /** What the server has, or an empty sheet. */
  stored: SavedForm
  created: (postId: string) => void
  /** What a post that is begun now takes along. */
  beginning: () => Partial<Belonging>
}

export function useSaver(
  { post, stored, created, beginning }: SaverPlan,
  form: SavedForm,
  worth: boolean,
): { saver: Saver<Post>; state: SaverState } {
  const { id: org } = useOrg()
  const queryClient = useQueryClient()
  const newest = useRef(created)
  newest.current = created
  const [kept] = useState(() => delayedCopies(org))
  const [saver] = useState(() =>
    createSaver<Post>({
      post,
      form: stored,
      keep: kept.keep,
      judge,
      write: (words, known) =>
        known
          ? client.posts.save({ org, id: known.id, revision: known.revision, ...words })
          : client.posts.create({ org, ...words, belonging: beginning() }),
      saved: (saved) => {
        queryClient.setQueryData(api.posts.read.queryKey({ input: { org, id: saved.id } }), saved)
        void refresh(queryClient, api.posts.list, api.posts.calendar, api.posts.way)
        newest.current(saved.id)
      },
    }),
  )
  const state = useSyncExternalStore(saver.subscribe, saver.state)
  useEffect(() => saver.change(form, worth), [saver, form, worth])
  const unsaved = state.progress !== 'saved'
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      kept.now()
      if (unsaved) event.preventDefault()
    }
    window.addEventListener('beforeunload', leave)
    return () => window.removeEventListener('beforeunload', leave)
  }, [unsaved, kept])
  useEffect(
    () => () => {
      kept.now()
      void saver.flush().catch(() => {})
    },
    [saver, kept],
  )
  return { saver, state }
}

function judge(error: unknown): 'conflict' | 'lost' | 'refused' {
  const { code, status } = refusalOf(error)
  if (code === 'edited-elsewhere') return 'conflict'
  return status === null || status === 429 || status >= 500 ? 'lost' : 'refused'
}

/** Writing a long article to the browser's store at every key would be felt. */
function delayedCopies(org: string) {
  let pending: (() => void) | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    clearTimeout(timer)
    pending?.()
    pending = null
  }
  return {
    now,
    keep(form: SavedForm | null, post: SavedPost | null) {
      clearTimeout(timer)
      pending = () => {
        keepUnsaved(
          org,
          post?.id ?? null,
          form && { at: new Date().toISOString(), revision: post?.revision ?? null, form },
        )
        // The first save gave the post an id: its words lie under that from now on.
        if (post && !form) keepUnsaved(org, null, null)
      }
      if (form === null) now()
      else timer = setTimeout(now, 300)
    },
  }
}
