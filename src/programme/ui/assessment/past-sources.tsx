// Which accounts have told of their past by now: while one is read, where it failed, and where an assessment is behind.

import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { ToldPast } from '../../assessment/types.ts'
import { toldWords } from './told-words.ts'

type Source = Output<typeof client.assessments.sources>[number]

const stillReading = (sources: readonly Source[] | undefined): boolean =>
  sources?.some(({ told }) => told.state === 'reading') ?? false

function usePastSources() {
  const org = useOrg()
  return useQuery(
    api.assessments.sources.queryOptions({
      input: { org: org.id },
      refetchInterval: ({ state }) => (stillReading(state.data) ? 5_000 : false),
    }),
  )
}

/** `shown`: what an assessment on the page says of each account already; null: there is none. */
export function PastSources({ shown }: { shown: ReadonlyMap<string, ToldPast | undefined> | null }) {
  const { slug } = useOrg()
  const found = usePastSources()
  const news = (found.data ?? []).filter(
    // Beside an assessment only what differs from it is worth a line.
    ({ accountId, told }) => shown === null || shown.get(accountId)?.state !== told.state,
  )
  return (
    <>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {news.length > 0 && (
        <>
          <h3 className="plan-sources">{shown ? 'New since then' : 'What your accounts tell'}</h3>
          <ul className="plan-list" aria-live="polite">
            {news.map(({ accountId, name, told }) => (
              <li key={accountId} className="plan-row">
                <strong>{name}</strong>
                <span className="lr-dimmed plan-told">
                  {toldWords(told)}
                  {(told.state === 'failed' || told.state === 'waiting') && (
                    <>
                      {' '}
                      <TextLink to="/o/$slug/accounts/$accountId" params={{ slug, accountId }}>
                        Look at {name}
                      </TextLink>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
