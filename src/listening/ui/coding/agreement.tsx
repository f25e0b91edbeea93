// How far two coders agree, by label and in all; where they differ somebody settles it; then the set is finished.

import { Button, Table } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { choices } from '../../labels/types.ts'
import { valueWord } from '../labels/label-words.ts'
import type { CodingSet } from './coding-words.ts'
import './coding.css'

type Whole = Output<typeof client.coding.agreement>
type Difference = Whole['differences'][number]

export function Agreement({ set }: { set: CodingSet }) {
  const org = useOrg()
  const agreement = useQuery(api.coding.agreement.queryOptions({ input: { org: org.id, id: set.id } }))
  if (agreement.isPending) return <LoadingRows />
  if (!agreement.data) return <ErrorPanel error={agreement.error} retry={() => void agreement.refetch()} />
  const { differences } = agreement.data
  const open = differences.filter(({ settled }) => settled === null).length
  return (
    <>
      <Section title="How far they agree">
        <Kappa whole={agreement.data} />
        <ByLabel set={set} whole={agreement.data} />
      </Section>
      {differences.length > 0 && (
        <Section
          title="Where they differ"
          description={
            open === 0
              ? 'Everything is settled.'
              : `Open: ${open} of ${differences.length}. Talk about them: they show what the labels mean to you.`
          }
        >
          <ul className="cd-list">
            {differences.map((difference) => (
              <Settle key={difference.place} set={set} difference={difference} />
            ))}
          </ul>
        </Section>
      )}
      <Finish set={set} />
    </>
  )
}

const two = (value: number): string => value.toFixed(2)
const rangeText = (kappa: number | null, low: number | null, high: number | null): string =>
  kappa === null || low === null || high === null ? 'not told by so few' : `${two(kappa)} (${two(low)} to ${two(high)})`

function Kappa({ whole: { all, word } }: { whole: Whole }) {
  const { n, observed, byChance, kappa, low, high } = all
  return (
    <p className="cd-kappa">
      {kappa === null ? (
        'Both always gave the same label, so nobody can say how much of their agreement is chance.'
      ) : (
        <>
          Cohen’s kappa <strong>{two(kappa)}</strong> (95 % range {two(low!)} to {two(high!)}): {word}.
        </>
      )}{' '}
      They said the same of {Math.round(observed * 100)} % of {count(n, 'text')}; by chance it would be{' '}
      {Math.round(byChance * 100)} %.
    </p>
  )
}

function ByLabel({ set, whole }: { set: CodingSet; whole: Whole }) {
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table aria-label="Agreement by label">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Label</Table.Th>
            <Table.Th>Both of either</Table.Th>
            <Table.Th>Kappa</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {whole.byLabel.map(({ value, both, either, kappa, low, high }) => (
            <Table.Tr key={value}>
              <Table.Td>{valueWord(set.label, value)}</Table.Td>
              <Table.Td>
                {both} of {either}
              </Table.Td>
              <Table.Td>{rangeText(kappa, low, high)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Settle({ set, difference }: { set: CodingSet; difference: Difference }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const { place, title, text, language, one, two: other, settled } = difference
  const settle = useMutation({
    mutationFn: (value: string) => client.coding.settle({ org: org.id, id: set.id, place, value }),
    onSuccess: () => refresh(queryClient, api.coding),
    onError: (error) => showProblem(error),
  })
  const names = set.coders.map(({ name }) => name || 'Somebody')
  const all = [...choices[set.label], 'unclear']
  return (
    <li className="lr-panel cd-difference">
      {title && <h3>{title}</h3>}
      <p dir="auto" lang={language === 'und' ? undefined : language}>
        {text}
      </p>
      <p className="lr-page-description">
        {names[0]}: {valueWord(set.label, one)} · {names[1]}: {valueWord(set.label, other)}
      </p>
      {set.state === 'finished' ? (
        <p>Settled: {valueWord(set.label, settled)}</p>
      ) : (
        <fieldset className="cd-settle" aria-label="What holds">
          {all.map((value) => (
            <Button
              key={value}
              size="compact-sm"
              variant={settled === value ? 'filled' : value === one || value === other ? 'light' : 'default'}
              aria-pressed={settled === value}
              disabled={!may('listening.answer') || settle.isPending}
              onClick={() => settle.mutate(value)}
            >
              {valueWord(set.label, value)}
            </Button>
          ))}
        </fieldset>
      )}
    </li>
  )
}

function Finish({ set }: { set: CodingSet }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const finish = useMutation({
    mutationFn: () => client.coding.finish({ org: org.id, id: set.id }),
    onSuccess: async () => {
      showDone('The labels are on the mentions')
      await refresh(queryClient, api.coding, api.labels, api.mentions)
    },
    onError: (error) => showProblem(error),
  })
  if (set.state === 'finished')
    return <p className="cd-plain">Finished: the labels are on the mentions, and the machine is measured by them.</p>
  if (!may('listening.answer')) return null
  return (
    <div className="cd-finish">
      <Button disabled={set.state !== 'ready'} loading={finish.isPending} onClick={() => finish.mutate()}>
        Finish and use the labels
      </Button>
      {set.state !== 'ready' && <p>Settle every difference first.</p>}
    </div>
  )
}
