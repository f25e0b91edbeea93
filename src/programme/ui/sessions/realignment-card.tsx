// A proposal to go on with less, and its answer: a person decides, with the reason.

import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client as Client, client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { useSessionsAgain } from './use-session-act.ts'

type Proposal = Output<typeof Client.sessions.realignments>[number]

export function RealignmentCard() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.sessions.realignments.queryOptions({ input: { org: org.id } }))
  const [answer, setAnswer] = useState<boolean | null>(null)
  const proposal = found.data?.find(({ answeredAt }) => answeredAt === null)
  if (!proposal) return null
  const close = () => setAnswer(null)
  return (
    <Section title="Go on with less?">
      <p className="plan-says">{whyText(proposal)}</p>
      <p className="lr-dimmed">
        Weeks would begin at {count(Math.round(proposal.minutes), 'minute')} (a little less than the last week in which
        something was done), instead of {Math.round(proposal.before)}, and grow from there.
      </p>
      {may('programme.lead') && (
        <Group gap="xs">
          <Button onClick={() => setAnswer(true)}>Go on with less</Button>
          <Button variant="default" onClick={() => setAnswer(false)}>
            As planned
          </Button>
        </Group>
      )}
      <Modal opened={answer !== null} onClose={close} title={answer ? 'Go on with less' : 'Go on as planned'}>
        {answer !== null && <AnswerForm proposal={proposal} isAccepted={answer} close={close} />}
      </Modal>
    </Section>
  )
}

const whyText = ({ because, missed, gapDays }: Proposal): string =>
  because === 'gap'
    ? `Nothing was done for ${count(gapDays ?? 0, 'day')}. After a break nobody begins where they would have been.`
    : `${count(missed, 'session')} were missed within two weeks. Less that is done is more than much that is not.`

interface AnswerProps {
  proposal: Proposal
  isAccepted: boolean
  close: () => void
}

function AnswerForm({ proposal, isAccepted, close }: AnswerProps) {
  const org = useOrg()
  const again = useSessionsAgain()
  const form = useServerForm<{ reason: string }, unknown>({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ reason }) => client.sessions.answerRealignment({ org: org.id, id: proposal.id, isAccepted, reason }),
    done: async () => {
      close()
      await again()
    },
  })
  return (
    <ServerForm form={form} submit={isAccepted ? 'Go on with less' : 'Go on as planned'} close={close} label="Answer">
      <Textarea label="Why" autosize minRows={2} data-autofocus {...form.field('reason')} />
    </ServerForm>
  )
}
