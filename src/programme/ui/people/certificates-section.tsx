// Who has which ability, and what could be put on record now: a training that counts, or what somebody else saw.

import { Button, Modal, Select, TextInput } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { CertificateState } from '../../competencies/people/types.ts'
import type { Rung } from './people-page.tsx'

type People = Output<typeof client.certificates.list>
type Certificate = People['certificates'][number]
type Proof = People['proofs'][number]

const stateLook: Record<CertificateState, { label: string; tone: 'done' | 'amber' | 'crimson' | 'quiet' }> = {
  counts: { label: 'Counts', tone: 'done' },
  'ends-soon': { label: 'Ends soon', tone: 'amber' },
  over: { label: 'Over', tone: 'crimson' },
  ended: { label: 'Taken back', tone: 'quiet' },
}

export function CertificatesSection({ rungs }: { rungs: Rung[] }) {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.certificates.list.queryOptions({ input: { org: org.id } }))
  const [proof, setProof] = useState<Proof | null>(null)
  const people = found.data
  return (
    <Section
      title="Abilities of people"
      description="Each rests on a training that counts or on what somebody else saw: nobody’s own word is enough."
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {people?.certificates.length === 0 && (
        <EmptyState title="Nobody’s ability is on record" icon={<IconCertificate size={28} stroke={1.5} />} order={3}>
          Record a{' '}
          <TextLink to="/o/$slug/settings/trainings" params={{ slug: org.slug }}>
            training
          </TextLink>
          , or write down on the ladder what you saw of somebody’s work. Then it can be put on record here.
        </EmptyState>
      )}
      <ul className="plan-list">
        {people?.certificates.map((each) => (
          <CertificateRow key={each.id} certificate={each} />
        ))}
      </ul>
      {may('programme.lead') && people && people.proofs.length > 0 && rungs.length > 0 && (
        <>
          <h3>Could be put on record</h3>
          <ul className="plan-list">
            {people.proofs.map((each) => (
              <li key={`${each.proofId}${each.competencyId}`} className="plan-row">
                <div>
                  <strong>{each.member.name}</strong>{' '}
                  <span className="lr-dimmed">{each.how === 'training' ? 'Training' : 'Seen at work'}</span>
                  <p>{each.says}</p>
                </div>
                <Button
                  variant="default"
                  size="xs"
                  aria-label={`Put on record: ${each.member.name}, ${each.says}`}
                  onClick={() => setProof(each)}
                >
                  Put on record
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <Modal opened={proof !== null} onClose={() => setProof(null)} title={`What ${proof?.member.name} can do`}>
        {proof && <GiveForm proof={proof} rungs={rungs} close={() => setProof(null)} />}
      </Modal>
    </Section>
  )
}

function CertificateRow({ certificate }: { certificate: Certificate }) {
  const org = useOrg()
  const may = useMay()
  const { id, member, competency, since, until, state, how, evidence, givenBy } = certificate
  const input = { org: org.id, id }
  const end = useAct([api.certificates, api.needs], () => client.certificates.end(input), {
    done: 'It is taken back',
    back: () => client.certificates.resume(input),
  })
  const look = stateLook[state]
  const shown = how === 'training' ? evidence.topic : evidence.said
  return (
    <li className="plan-row">
      <div>
        <strong>{member.name}</strong>: {competency} <Badge tone={look.tone}>{look.label}</Badge>
        <p className="lr-dimmed">
          Since {dayText(since)}
          {until && `, until ${dayText(until)}`}. {how === 'training' ? 'By a training' : 'By what was seen'}:{' '}
          {typeof shown === 'string' && `“${shown}”`}
          {givenBy && `, put on record by ${givenBy.name}`}
        </p>
      </div>
      {may('programme.lead') && state !== 'ended' && (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          aria-label={`Take back: ${competency} of ${member.name}`}
          onClick={() => end.mutate()}
        >
          Take back
        </Button>
      )}
    </li>
  )
}

interface Values extends Record<string, unknown> {
  competencyId: string | null
  until: string
}

function GiveForm({ proof, rungs, close }: { proof: Proof; rungs: Rung[]; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: { competencyId: proof.competencyId ?? rungs[0]?.id ?? null, until: proof.until ?? '' },
    send: ({ competencyId, until }) =>
      client.certificates.give({
        ...{ org: org.id, competencyId: competencyId!, memberId: proof.member.id },
        ...{ how: proof.how, proofId: proof.proofId, until: until || null },
      }),
    done: async () => {
      await refresh(queryClient, api.certificates, api.buddies, api.needs)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Put on record" close={close} label="Put on record">
      <p>{proof.says}</p>
      <Select
        label="Ability"
        allowDeselect={false}
        disabled={proof.competencyId !== null}
        data={rungs.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('competencyId')}
      />
      <TextInput
        type="date"
        label="Until"
        description={
          proof.until
            ? 'No longer than the training counts. Four weeks before, everybody concerned is told.'
            : 'Empty: for good. Four weeks before it ends, everybody concerned is told.'
        }
        {...form.field('until')}
      />
    </ServerForm>
  )
}
