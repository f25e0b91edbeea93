// What a campaign has come to: newest numbers by account, each with the n it rests on; and the reports of its closings.

import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Campaign } from './campaign-form-page.tsx'
import { initiatorWords } from './campaign-words.ts'

type ResultFacts = Output<typeof client.campaigns.results>

export function Results({ campaign }: { campaign: Campaign }) {
  const org = useOrg()
  const results = useQuery(api.campaigns.results.queryOptions({ input: { org: org.id, id: campaign.id } }))
  return (
    <Section
      title="Numbers"
      description="The newest reading of each post that is out, added up by account. n says how many of them have this number; what a network does not offer is no zero."
    >
      {results.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={results.error} retry={() => void results.refetch()} />
      {results.data && <ResultTable results={results.data} label="Numbers by account" />}
    </Section>
  )
}

const metrics = ['likes', 'replies', 'reposts', 'quotes', 'views'] as const

function ResultTable({ results, label }: { results: ResultFacts; label: string }) {
  if (results.byAccount.length === 0) return <p className="cm-note">Nothing of it is out yet.</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by the keyboard */}
      <section className="lr-table-frame" tabIndex={0} aria-label={label}>
        <Table className="lr-table cm-numbers">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Account</Table.Th>
              <Table.Th data-align="end">Posts out</Table.Th>
              {metrics.map((name) => (
                <Table.Th key={name} data-align="end">
                  {name.charAt(0).toUpperCase() + name.slice(1)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {results.byAccount.map((row) => (
              <Table.Tr key={row.accountId}>
                <Table.Td>{row.account}</Table.Td>
                <Table.Td data-align="end">{row.published}</Table.Td>
                {metrics.map((name) => (
                  <Table.Td key={name} data-align="end">
                    {row[name].sum === null ? (
                      <span className="lr-dimmed">None</span>
                    ) : (
                      <>
                        {row[name].sum.toLocaleString('en')} <span className="lr-dimmed">n {row[name].n}</span>
                      </>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <p className="cm-note">{sharesText(results)}</p>
    </>
  )
}

export function sharesText({ posts, byInitiator, heldNow, holds }: ResultFacts): string {
  const shares = byInitiator.map(({ initiator, count: n }) => {
    const word = Object.hasOwn(initiatorWords, initiator)
      ? initiatorWords[initiator as keyof typeof initiatorWords].label
      : initiator
    return `${word.toLowerCase()} ${Math.round((100 * n) / posts)} %`
  })
  const held = [
    ...(heldNow > 0 ? [`${heldNow} held now`] : []),
    ...(holds.length > 0 ? [`${count(holds.length, 'hold')} in its time`] : []),
  ]
  return `${count(posts, 'post')}${shares.length > 0 ? `, begun by ${shares.join(', ')}` : ''}. ${held.length > 0 ? `${held.join(', ')}.` : 'Nothing was held.'}`
}

export function ClosingReports({ campaign }: { campaign: Campaign }) {
  const org = useOrg()
  const reports = useQuery(
    api.campaigns.reports.queryOptions({
      input: { org: org.id, id: campaign.id },
      // The crossing point that writes it works within a minute.
      refetchInterval: ({ state }) => (campaign.closedAt && state.data?.length === 0 ? 2000 : false),
    }),
  )
  if (!reports.data || reports.data.length === 0) return null
  return (
    <Section title="Closing reports" description="As they were written at each closing; they do not change afterwards.">
      {reports.data.map(({ id, madeAt, report }, number) => (
        <article key={id} className="cm-report">
          <h3>
            <TimeText at={madeAt} />
          </h3>
          <ResultTable results={report} label={`Numbers by account, report ${number + 1}`} />
          {report.holds.map((hold) => (
            <p key={hold.begunAt} className="cm-note">
              Held from <TimeText at={hold.begunAt} />
              {hold.endedAt && (
                <>
                  {' '}
                  to <TimeText at={hold.endedAt} />
                </>
              )}
              : {hold.reason}
            </p>
          ))}
        </article>
      ))}
    </Section>
  )
}
