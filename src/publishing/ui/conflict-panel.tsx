// The same post was saved elsewhere: both versions side by side, and a person chooses which one stays.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { client } from '../../kit/api.ts'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { showDone, showProblem } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { type Composition, compositionOf, type SavedForm, sameContent, savedFormOf } from './composition.ts'
import type { Saver } from './saver.ts'
import type { Post } from './use-saver.ts'

interface ConflictPanelProps {
  postId: string
  form: SavedForm
  saver: Saver<Post>
  take: (change: (now: Composition) => Composition) => void
}

export function ConflictPanel({ postId, form, saver, take }: ConflictPanelProps) {
  const org = useOrg()
  const navigate = useNavigate()
  const [copying, setCopying] = useState(false)
  const theirs = useQuery({
    queryKey: ['conflict', postId, saver.state().post?.revision],
    queryFn: () => client.posts.read({ org: org.id, id: postId }),
    refetchInterval: 15_000,
  })
  const post = theirs.data
  const takeTheirs = () => {
    if (!post) return
    const composition = compositionOf(post)
    saver.settle(post, savedFormOf(composition), 'taken')
    take(() => composition)
  }
  const copy = async () => {
    setCopying(true)
    try {
      const made = await client.posts.create({ org: org.id, ...form })
      takeTheirs()
      showDone('Your words are a post of their own now')
      await navigate({ to: '/o/$slug/compose', params: { slug: org.slug }, search: { post: made.id } })
    } catch (error) {
      showProblem(error, 'The copy was not made')
      setCopying(false)
    }
  }
  return (
    <section className="cp-conflict" role="alert" aria-label="Saved elsewhere">
      <p>
        <b>
          {post
            ? `${post.updatedBy.name || 'Somebody'} saved this post in another tab or on another device`
            : 'This post was saved elsewhere'}
        </b>
        {post && (
          <>
            , <TimeText at={post.updatedAt} relative />
          </>
        )}
        . Your words are kept here; nothing is saved until you choose.
      </p>
      <ErrorPanel error={theirs.error} retry={() => void theirs.refetch()} />
      <div className="cp-versions">
        <Version title="Saved there" form={post ?? null} other={form} />
        <Version title="Yours" form={form} other={post ?? null} />
      </div>
      <div className="cp-banner-actions">
        <Button size="xs" disabled={!post} onClick={() => post && saver.settle(post, form, 'write')}>
          Keep mine
        </Button>
        <Button size="xs" variant="default" disabled={!post} onClick={takeTheirs}>
          Take theirs
        </Button>
        <Button size="xs" variant="default" disabled={!post} loading={copying} onClick={() => void copy()}>
          Keep theirs, and mine as a new post
        </Button>
      </div>
    </section>
  )
}

/** Shared words, and below them what accounts say instead where the versions differ. */
function Version({ title, form, other }: { title: string; form: SavedForm | null; other: SavedForm | null }) {
  const { nameOf } = useAccounts()
  const there = new Map(other?.variants.map((variant) => [variant.accountId, variant.content]))
  const own =
    form?.variants.filter(
      ({ accountId, content }) => content !== null && !sameContent(content, there.get(accountId)),
    ) ?? []
  return (
    <div className="cp-version">
      <h3>{title}</h3>
      {form && <p className="cp-quote">{textOf(form.content)}</p>}
      {own.map(({ accountId, content }) => (
        <p key={accountId} className="cp-quote">
          <b>{nameOf(accountId)}: </b>
          {textOf(content!)}
        </p>
      ))}
    </div>
  )
}

const textOf = ({ title, segments }: SavedForm['content']): string =>
  [title, ...segments.map((segment) => segment.text)].filter(Boolean).join('\n\n').slice(0, 4000) || 'Without text'
