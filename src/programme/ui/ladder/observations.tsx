// What people saw of each other at work, and a form to write down more of it. One's own word can be taken back.

import { Button, Radio, Stack, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { ObservationOutcome } from '../../competencies/types.ts'
import type { Rung } from './ladder-page.tsx'
import { useLadder } from './use-ladder.ts'

type Observation = Output<typeof client.competencies.observations>[number]

const outcomeWords: Record<ObservationOutcome, string> = { holds: 'Can do it', 'not-yet': 'Not yet' }

export function Observations({ rung }: { rung: Rung }) {
  const org = useOrg()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const found = useQuery(api.competencies.observations.queryOptions({ input: { org: org.id, id: rung.id } }))
  return (
    <>
      <h3>Seen at work</h3>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data?.length === 0 && (
        <p className="lr-dimmed">
          Nobody wrote down yet what they saw. “Not yet” is read by those whom it concerns alone.
        </p>
      )}
      <ul className="plan-list">
        {found.data?.map((each) => (
          <ObservationRow key={each.id} observation={each} />
        ))}
      </ul>
      {may('programme.log') && !isOpen && (
        <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>
          Write down what you saw
        </Button>
      )}
      {isOpen && <ObserveForm rung={rung} close={() => setOpen(false)} />}
    </>
  )
}

function ObservationRow({ observation }: { observation: Observation }) {
  const org = useOrg()
  const { id, member, outcome, said, at, by } = observation
  const input = { org: org.id, id }
  const takeBack = useAct(api.competencies, () => client.competencies.takeBack(input), {
    done: 'It is taken back',
    back: () => client.competencies.putBack(input),
  })
  return (
    <li className="plan-row">
      <div>
        <strong>{member.name}</strong>{' '}
        <Badge tone={outcome === 'holds' ? 'done' : 'amber'}>{outcomeWords[outcome]}</Badge>
        <p>{said}</p>
        <p className="lr-dimmed">
          {by?.name ?? 'Somebody'}, <TimeText at={at} />
        </p>
      </div>
      {observation.isMine && (
        <Button
          variant="default"
          size="xs"
          loading={takeBack.isPending}
          aria-label={`Take back what you wrote of ${member.name}`}
          onClick={() => takeBack.mutate()}
        >
          Take back
        </Button>
      )}
    </li>
  )
}

interface Values extends Record<string, unknown> {
  memberId: string | null
  outcome: ObservationOutcome
  said: string
}

function ObserveForm({ rung, close }: { rung: Rung; close: () => void }) {
  const org = useOrg()
  const { refreshAll } = useLadder()
  const form = useServerForm<Values, unknown>({
    initialValues: { memberId: null, outcome: 'holds', said: '' },
    validate: ({ memberId, said }) => ({
      memberId: memberId ? null : 'Whose work?',
      said: said.trim().length < 30 ? 'What you saw, in a sentence or two.' : null,
    }),
    send: ({ memberId, outcome, said }) =>
      client.competencies.observe({ org: org.id, id: rung.id, memberId: memberId!, outcome, said }),
    done: async () => {
      await refreshAll()
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Write it down" close={close} label="What you saw">
      <PersonSelect
        label="Whose work"
        description="Somebody else’s: nobody vouches for themselves."
        {...form.field('memberId')}
        value={form.values.values.memberId}
        onChange={(next) => form.values.setFieldValue('memberId', next)}
      />
      <Radio.Group label="Can they do it?" {...form.field('outcome')}>
        <Stack gap="xs" mt={4}>
          <Radio value="holds" label="They can do it" />
          <Radio value="not-yet" label="Not yet" description="Read by them, by you and by those who lead." />
        </Stack>
      </Radio.Group>
      <Textarea label="What you saw" autosize minRows={3} maxLength={4000} {...form.field('said')} />
    </ServerForm>
  )
}
