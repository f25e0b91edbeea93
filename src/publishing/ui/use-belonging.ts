// What the post that is written belongs to: sent with its first save, and at once when somebody changes it later.

import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { type Belonging, initiators } from '../types.ts'
import type { Post } from './use-saver.ts'

const route = getRouteApi('/o/$slug/compose')

export interface BelongingState {
  value: Belonging
  set: (change: Partial<Belonging>) => void
  saving: boolean
  error: unknown
  /** What a post that is begun now takes along. */
  beginning: () => Belonging
}

/** `postId`: null until the first save. Call it once, in the composer. */
export function useBelonging(post: Post | null, postId: string | null): BelongingState {
  const org = useOrg()
  const queryClient = useQueryClient()
  const { campaign, source, initiator, brief } = route.useSearch()
  const [value, setValue] = useState<Belonging>(
    () =>
      post?.belonging ?? {
        campaignId: campaign ?? null,
        departmentId: org.departmentId,
        briefId: brief ?? null,
        ownerId: null,
        // What a feed brought was begun by the field, not by us.
        initiator: initiators.find((each) => each === initiator) ?? (source ? 'industry' : 'brand'),
        origin: 'original',
        originPostId: null,
        adaptedFor: null,
      },
  )
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const newest = useRef(value)
  newest.current = value
  /** What the server has, as far as this page knows; null: it has no post yet. */
  const stored = useRef<Belonging | null>(post?.belonging ?? null)
  const running = useRef(false)
  const assign = useCallback(
    async (id: string) => {
      if (running.current) return
      running.current = true
      setSaving(true)
      setError(null)
      try {
        while (changesOf(stored.current, newest.current)) {
          const sent = newest.current
          await client.posts.assign({ org: org.id, id, ...changesOf(stored.current, sent) })
          stored.current = sent
        }
        await refresh(queryClient, api.posts.list, api.posts.calendar, api.posts.way, api.campaigns)
      } catch (caught) {
        setError(caught)
      }
      running.current = false
      setSaving(false)
    },
    [org.id, queryClient],
  )
  useEffect(() => {
    if (postId && stored.current && changesOf(stored.current, value)) void assign(postId)
  }, [postId, value, assign])
  const beginning = useCallback(() => {
    stored.current = newest.current
    return newest.current
  }, [])
  return { value, set: (change) => setValue((before) => ({ ...before, ...change })), saving, error, beginning }
}

function changesOf(from: Belonging | null, to: Belonging): Partial<Belonging> | null {
  if (!from) return null
  const changed = (Object.keys(to) as (keyof Belonging)[]).filter((name) => from[name] !== to[name])
  return changed.length > 0 ? Object.fromEntries(changed.map((name) => [name, to[name]])) : null
}
