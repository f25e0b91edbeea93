// A chosen plan: what it is worth and how much better one could be, each line with its reason, what it displaces, and the way into force.

import { Button, Checkbox, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Choice } from './choosing-page.tsx'
import { knownWords, share, shortly, unitWords } from './worth-words.ts'

type Plan = NonNullable<Choice['plan']>

const weekly = (weeks: readonly number[]): number => weeks.reduce((sum, each) => sum + each, 0) / weeks.length

export function ChosenPlan({ choice, plan }: { choice: Choice; plan: Plan }) {
  const may = useMay()
  const [putting, setPutting] = useState(false)
  const lines = plan.lines.filter(({ weeks, now }) => weekly(weeks) > 0 || now > 0)
  const isGuessed = lines.some(({ known }) => known !== 'measured')
  return (
    <>
      <p className="choice-says">
        Worth {shortly(plan.value)} {unitWords[choice.unit].label.toLowerCase()} in {count(choice.asked.weeks, 'week')}.{' '}
        {plan.gap < 1e-6 ? 'No plan brings more.' : `At most ${share(plan.gap)} more could be had.`}{' '}
        {plan.by === 'greedy' && 'It was made by a simple rule, since the solver was not there. '}
        {plan.ended === 'time' && 'Its time was over before it was sure. '}
        {plan.adoption?.words}
        {isGuessed && ' Parts of it are estimates or assumptions; they are marked.'}
      </p>
      <People choice={choice} />
      <DataTable
        label="Chosen lines"
        rows={lines}
        rowKey={({ line }) => line}
        empty={<p className="lr-dimmed">Nothing fits into the minutes there are.</p>}
        csv={{ name: 'chosen-lines' }}
        columns={columns}
      />
      <Rest choice={choice} plan={plan} />
      {may('programme.lead') && choice.putNumber === null && lines.length > 0 && (
        <div>
          <Button onClick={() => setPutting(true)}>Put it in force</Button>
          <Modal opened={putting} onClose={() => setPutting(false)} title="Put the chosen plan in force">
            <PutForm choice={choice} plan={plan} close={() => setPutting(false)} />
          </Modal>
        </div>
      )}
    </>
  )
}

/** A line beside the plan that was in force, with its reason. */
const columns: Column<Plan['lines'][number]>[] = [
  {
    ...{ id: 'name', header: 'What', primary: true },
    cell: ({ name, known, explored }) => (
      <>
        {name} {known !== 'measured' && <Badge tone={knownWords[known].tone}>{knownWords[known].label}</Badge>}{' '}
        {explored > 0 && <Badge tone="track">{`${explored} to find out`}</Badge>}
      </>
    ),
    csv: ({ name }) => name,
  },
  {
    ...{ id: 'now', header: 'A week now', align: 'end' },
    ...{ cell: ({ now }) => shortly(now), csv: ({ now }) => now },
  },
  {
    ...{ id: 'then', header: 'A week then', align: 'end' },
    ...{ cell: ({ weeks }) => <strong>{shortly(weekly(weeks))}</strong>, csv: ({ weeks }) => weekly(weeks) },
  },
  {
    ...{ id: 'why', header: 'Why' },
    cell: ({ reason }) => <div className="choice-why">{reason ?? 'What else there is brings more.'}</div>,
    csv: ({ reason }) => reason,
  },
]

/** Those who lead read everybody’s, others their own. */
function People({ choice }: { choice: Choice }) {
  if (choice.people.length === 0) return null
  return (
    <ul className="choice-facts plan-list" aria-label="Who does how much">
      {choice.people.map(({ memberId, name, there, used }) => (
        <li key={memberId}>
          {name}: {Math.round(weekly(used))} of {Math.round(weekly(there))} minutes a week
        </li>
      ))}
    </ul>
  )
}

function Rest({ choice, plan }: { choice: Choice; plan: Plan }) {
  const less = plan.displaced.filter(({ before, after }) => after < before)
  return (
    <>
      {less.length > 0 && (
        <p className="worth-means">
          It takes the place of {less.map(({ name, before, after }) => `${before - after} × ${name}`).join(', ')} in{' '}
          {count(choice.asked.weeks, 'week')}.
        </p>
      )}
      {plan.gaveWay.length > 0 && (
        <p className="worth-means">
          There is no room for more of these, so they fall further than one review permits: {plan.gaveWay.join(', ')}.
        </p>
      )}
      {choice.unable.map((says) => (
        <p key={says} className="worth-means">
          {says}
        </p>
      ))}
      {choice.kept.length > 0 && (
        <p className="lr-dimmed worth-means">
          Nobody knows what these bring, so they stay as they are: {choice.kept.join(', ')}.
        </p>
      )}
      {choice.leftOut.length > 0 && (
        <p className="lr-dimmed worth-means">
          Nobody knows what these would bring, so they are left out: {choice.leftOut.join(', ')}.
        </p>
      )}
      <p className="lr-dimmed worth-means">
        {choice.asked.explore > 0
          ? `Drawn with the seed ${choice.asked.seed}; ${share(plan.exploreShare)} of the minutes are there to find out.`
          : 'Nothing of it is there to find out.'}
      </p>
    </>
  )
}

function PutForm({ choice, plan, close }: { choice: Choice; plan: Plan; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const isWorth = plan.adoption?.isAdopted ?? true
  const again = () => refresh(queryClient, api.choices, api.plan, api.worth, api.sessions)
  const form = useServerForm({
    initialValues: { reason: '', anyway: false },
    validate: ({ reason, anyway }) => ({
      reason: wants.sentence(reason),
      anyway: isWorth || anyway ? null : 'It is not worth a change by itself: say that you want it all the same.',
    }),
    send: async ({ reason, anyway }) => {
      const before = (await client.plan.read({ org: org.id })).plan
      return { before, put: await client.choices.put({ org: org.id, id: choice.id, reason, anyway }) }
    },
    done: async ({ before, put }) => {
      close()
      await again()
      showUndo(`Version ${put.number} of the plan is in force`, async () => {
        const reason = 'Undone: it was put in force by mistake'
        await client.plan.adopt({ org: org.id, lines: before?.lines ?? [], reason, after: put.number })
        await again()
      })
    },
  })
  return (
    <ServerForm form={form} submit="Put it in force" close={close} label="Put it in force">
      {plan.adoption && <p className="worth-means">{plan.adoption.words}</p>}
      {!isWorth && <Checkbox label="Put it in force all the same" {...form.field('anyway', { type: 'checkbox' })} />}
      <ReasonField
        description="What was planned before stays to be read, with its reason."
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
