// One line of a review: its evidence, what is proposed and why, what was decided; and the decision, with its reason and where the minutes go.

import { Button, Checkbox, Group, Modal, Radio, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { type Decision, decisions } from '../../reviews/types.ts'
import { RangeBar } from '../choosing/range-bar.tsx'
import { chance, lineLabel, shortly } from '../choosing/worth-words.ts'
import { decisionWords, monthText, proposalWords } from './review-words.ts'
import type { Verdict } from './reviews-page.tsx'
import '@mantine/core/styles/Radio.css'

interface Props {
  verdict: Verdict
  /** All of the review, for one scale. */
  verdicts: readonly Verdict[]
}

export function VerdictCard({ verdict, verdicts }: Props) {
  const may = useMay()
  const [deciding, setDeciding] = useState(false)
  const { evidence, proposal, decision } = verdict
  const name = lineLabel(verdict.activity, verdict.channelName)
  const most = Math.max(...verdicts.map((each) => each.evidence.anHour.high))
  return (
    <article className="plan-goal" aria-label={name}>
      <header className="plan-goal-head">
        <h3>{name}</h3>
        {decision ? (
          <Badge tone="quiet">{decisionWords[decision].done}</Badge>
        ) : (
          <Badge tone={proposalWords[proposal].tone}>{proposalWords[proposal].label}</Badge>
        )}
      </header>
      <p>{verdict.words}</p>
      <div>
        <span className="lr-dimmed">An hour of it brings (four of five)</span>
        <RangeBar range={evidence.anHour} most={most} />
      </div>
      <Facts verdict={verdict} />
      {evidence.trend.length > 1 && (
        <LineChart
          label={`${name}: what one brought, by month`}
          height={120}
          data={evidence.trend.map(({ month, mean }) => ({ x: monthText(month), mean: Math.round(mean * 10) / 10 }))}
          series={[{ name: 'mean', label: 'One brought' }]}
        />
      )}
      {decision ? <Decided verdict={verdict} /> : null}
      {!decision && may('programme.lead') && (
        <Group gap="xs">
          <Button variant={proposal === 'keep' ? 'default' : 'filled'} size="xs" onClick={() => setDeciding(true)}>
            Decide
          </Button>
        </Group>
      )}
      <Modal opened={deciding} onClose={() => setDeciding(false)} title={name}>
        <DecideForm verdict={verdict} name={name} close={() => setDeciding(false)} />
      </Modal>
    </article>
  )
}

function Facts({ verdict: { evidence } }: { verdict: Verdict }) {
  const { items, months, minutesWeekly, others, probability, signals } = evidence
  return (
    <p className="lr-dimmed">
      {count(items, 'item')} in {count(Math.max(1, Math.round(months)), 'month')}, {Math.round(minutesWeekly)} minutes a
      week.
      {others !== null && ` An hour of the others brings ${shortly(others)}.`}
      {probability !== null && ` The chance that it is worth less than half of that: ${chance(probability)}.`}
      {signals.links !== null && ` ${count(signals.links, 'person', 'people')} followed its links.`}
      {signals.interactions !== null && ` ${count(signals.interactions, 'reaction')}.`}
    </p>
  )
}

function Decided({ verdict }: { verdict: Verdict }) {
  const org = useOrg()
  const may = useMay()
  const undo = useAct(api.lineReviews, () => client.lineReviews.undo({ org: org.id, id: verdict.id }))
  const { decision, decidedBy, reason, moved, planNumber } = verdict
  return (
    <>
      <p>
        <strong>{decisionWords[decision!].done}</strong>
        {decidedBy && ` by ${decidedBy.name}`}: {reason}
      </p>
      {moved !== null && <p className="lr-dimmed">{movedText(moved)}</p>}
      {planNumber !== null && <p className="lr-dimmed">The plan has it as version {planNumber}.</p>}
      {may('programme.lead') && (
        <Group gap="xs">
          <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
            Undo the decision
          </Button>
        </Group>
      )}
    </>
  )
}

export const movedText = (moved: readonly { name: string; items: number; minutesWeekly: number }[]): string =>
  moved.length === 0
    ? 'Its minutes stay free.'
    : `Its minutes go to ${moved.map(({ name, items }) => `${items} more × ${name}`).join(' and ')} in four weeks.`

function DecideForm({ verdict, name, close }: { verdict: Verdict; name: string; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.lineReviews, api.plan, api.worth, api.sessions)
  const { moves } = verdict.evidence
  const usual: Decision = verdict.proposal === 'watch' ? 'keep' : verdict.proposal
  const form = useServerForm<{ decision: Decision; reason: string; move: boolean }, unknown>({
    initialValues: { decision: usual, reason: '', move: true },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: (values) => client.lineReviews.decide({ org: org.id, id: verdict.id, ...values }),
    done: async (_, { decision }) => {
      close()
      await again()
      showUndo(`${decisionWords[decision].done}: ${name}`, async () => {
        await client.lineReviews.undo({ org: org.id, id: verdict.id })
        await again()
      })
    },
  })
  const { decision } = form.values.getValues()
  const where = decision === 'keep' ? null : moves[decision]
  return (
    <ServerForm form={form} submit="Decide" close={close} label={`Decide about ${name}`}>
      <p className="worth-means">{verdict.words}</p>
      <Radio.Group label="What becomes of it?" {...form.field('decision')}>
        <Stack gap="xs" mt={4}>
          {decisions.map((value) => (
            <Radio
              key={value}
              value={value}
              label={decisionWords[value].label}
              description={decisionWords[value].means}
            />
          ))}
        </Stack>
      </Radio.Group>
      {where && where.length > 0 && (
        <Checkbox
          label="Give its minutes to what brings more"
          description={movedText(where)}
          {...form.field('move', { type: 'checkbox' })}
        />
      )}
      {where?.length === 0 && <p className="lr-dimmed">Nothing else takes its minutes now: they stay free.</p>}
      <ReasonField
        description="Whoever reads it in half a year should understand it."
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
