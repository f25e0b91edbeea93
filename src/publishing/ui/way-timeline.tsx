// The way of a post as a line through time, with the words and the reason of every step.

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import { api } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { timeIn } from '../../kit/time.ts'
import { useOrg, useZone } from '../../kit/viewer.tsx'
import { partRoles } from '../rules.ts'
import type { Post } from './use-saver.ts'
import { type Step, stepWords } from './way-words.ts'

interface WayProps {
  post: Post
  accounts: Accounts
  /** Milliseconds between looks. */
  every: number
}

export function Way({ post, accounts, every }: WayProps) {
  const org = useOrg()
  const zone = useZone()
  const way = useQuery(
    api.posts.way.queryOptions({ input: { org: org.id, id: post.id }, staleTime: 0, refetchInterval: every }),
  )
  // When the post has come further than what was read of its way, the next look must not wait for its turn.
  const stands = post.variants.map(({ state, stateSince }) => `${state} ${stateSince}`).join()
  const { refetch } = way
  useEffect(() => void refetch(), [stands, refetch])
  const now = new Date()
  const days = Map.groupBy(way.data ?? [], (step) => timeIn(new Date(step.at), zone, 'date', now))
  return (
    <>
      <ErrorPanel error={way.error} retry={() => void way.refetch()} />
      {way.isPending && <LoadingRows rows={4} />}
      {[...days].map(([day, steps]) => (
        <div key={day}>
          <h3 className="po-way-day">{day}</h3>
          <ol className="po-way">
            {steps.map((step, index) => (
              <StepLine
                key={`${step.at} ${step.code} ${step.variantId} ${index}`}
                step={step}
                post={post}
                accounts={accounts}
                zone={zone}
              />
            ))}
          </ol>
        </div>
      ))}
    </>
  )
}

function StepLine({ step, post, accounts, zone }: { step: Step; post: Post; accounts: Accounts; zone: string }) {
  const variant = post.variants.find(({ id }) => id === step.variantId)
  const account = variant && accounts.byId.get(variant.accountId)
  const words = stepWords(step, {
    network: account ? accounts.networkOf(account) : 'the network',
    parts: partRoles(variant?.content ?? post.content).length,
    until: (instant) => timeIn(new Date(instant), zone, 'moment', new Date()),
  })
  return (
    <li className="po-step" data-tone={words.tone}>
      <time dateTime={step.at}>{new Date(step.at).toLocaleTimeString('en-GB', { timeZone: zone })}</time>
      <span className="po-dot" aria-hidden />
      <div>
        <span>{words.what}</span>
        {account && post.variants.length > 1 && <span className="po-step-account"> · {account.name}</span>}
        {step.url && (
          <>
            {' '}
            <a href={step.url} target="_blank" rel="noopener noreferrer">
              Open it
            </a>
          </>
        )}
        {words.why && <p className="po-note">{words.why}</p>}
      </div>
    </li>
  )
}
