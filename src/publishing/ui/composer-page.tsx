// The composer's page: opens a new post or an existing one, with words taken from a feed or from a copy that survived.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { api } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { Composer } from './composer.tsx'
import { useBeginning } from './use-beginning.ts'
import './refusal-words.ts'
import './notes.css'
import './composer.css'
import './composer-media.css'

const route = getRouteApi('/o/$slug/compose')

interface Session {
  key: number
  opened: string | null
  shown: string | null
  created: string | null
}

/** A post that was just created gets its address without being opened anew, so that typing goes on. */
function useSession(): [Session, (postId: string) => void] {
  const shown = route.useSearch().post ?? null
  const navigate = useNavigate()
  const [session, setSession] = useState<Session>({ key: 1, opened: shown, shown, created: null })
  if (shown !== session.shown) {
    if (shown !== null && shown === session.created) setSession({ ...session, shown })
    else setSession({ key: session.key + 1, opened: shown, shown, created: null })
  }
  const created = (postId: string) => {
    if (session.opened === postId || session.created === postId) return
    setSession((before) => ({ ...before, created: postId }))
    void navigate({ to: '.', search: { post: postId } as never, replace: true, resetScroll: false })
  }
  return [session, created]
}

export function ComposerPage() {
  const may = useMay()
  const { slug } = useOrg()
  const [session, created] = useSession()
  if (!may('posts.write')) {
    return (
      <AppPage title="Write a post" width="narrow">
        <EmptyState
          title="Your role reads posts"
          action={
            <ButtonLink to="/o/$slug/posts" params={{ slug }} variant="default">
              Open the posts
            </ButtonLink>
          }
        >
          Owners, admins, managers and contributors write them.
        </EmptyState>
      </AppPage>
    )
  }
  return session.opened ? (
    <ExistingPost key={session.key} postId={session.opened} />
  ) : (
    <NewPost key={session.key} created={created} />
  )
}

function NewPost({ created }: { created: (postId: string) => void }) {
  const accounts = useAccounts()
  const beginning = useBeginning(accounts)
  // It leaves the address when the post gets its own.
  const [briefId] = useState(route.useSearch().brief ?? null)
  if (accounts.error || !beginning)
    return <Waiting title="Write a post" error={accounts.error} retry={accounts.retry} />
  return <Composer post={null} beginning={beginning} briefId={briefId} accounts={accounts} created={created} />
}

function ExistingPost({ postId }: { postId: string }) {
  const org = useOrg()
  const accounts = useAccounts()
  // Always fresh when it opens, and never again while somebody writes: their own saves keep it current.
  const post = useQuery(
    api.posts.read.queryOptions({
      input: { org: org.id, id: postId },
      refetchOnMount: 'always',
      refetchOnWindowFocus: false,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  const error = accounts.error ?? post.error
  if (error || accounts.pending || !post.data || (post.isFetching && !post.isFetchedAfterMount)) {
    return (
      <Waiting title="Edit the post" error={error} retry={() => void Promise.all([accounts.retry(), post.refetch()])} />
    )
  }
  return (
    <Composer
      post={post.data}
      beginning={null}
      briefId={post.data.belonging.briefId}
      accounts={accounts}
      created={() => {}}
    />
  )
}

function Waiting({ title, error, retry }: { title: string; error: unknown; retry: () => void }) {
  return <AppPage title={title}>{error ? <ErrorPanel error={error} retry={retry} /> : <LoadingRows />}</AppPage>
}
