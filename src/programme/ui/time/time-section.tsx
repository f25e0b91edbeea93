// My time: a timer, minutes that are typed, what I did this week, and the most that I give.

import { ActionIcon, Button, Group, Modal, NumberInput, Progress } from '@mantine/core'
import { IconPlayerStop, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { dayText } from '../../../kit/time.ts'
import { useNow } from '../../../kit/time-text.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { useCampaignNames } from '../../../publishing/ui/campaigns/use-campaign-names.ts'
import { activityLabel } from '../activity-words.ts'
import { numberText } from '../programme-words.ts'
import { LogForm } from './log-form.tsx'
import { StartTimer } from './start-timer.tsx'
import { StopForm } from './stop-form.tsx'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/NumberInput.css'
import '@mantine/core/styles/Progress.css'
import '../programme.css'

export type Mine = Output<typeof client.time.mine>

export function TimeSection() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.time.mine.queryOptions({ input: { org: org.id } }))
  const [open, setOpen] = useState<'log' | 'most' | null>(null)
  const mine = found.data
  const own = useOwnActivities(mine)
  if (!may('programme.log')) return null
  return (
    <Section
      title="Your time this week"
      actions={
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => setOpen('most')}>
            Most that you give
          </Button>
          <Button variant="default" size="xs" onClick={() => setOpen('log')}>
            Write down minutes
          </Button>
        </Group>
      }
    >
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {mine && (
        <>
          {mine.timer ? <Running timer={mine.timer} /> : <StartTimer own={own} />}
          <Sum mine={mine} />
          <Entries mine={mine} />
          <Modal opened={open === 'log'} onClose={() => setOpen(null)} title="What did you do?">
            <LogForm today={mine.today} own={own} close={() => setOpen(null)} />
          </Modal>
          <Modal opened={open === 'most'} onClose={() => setOpen(null)} title="The most that you give in a week">
            <MostForm mine={mine} close={() => setOpen(null)} />
          </Modal>
        </>
      )}
    </Section>
  )
}

/** What the organisation does besides the known things: of this week, and of its plan. */
function useOwnActivities(mine: Mine | undefined): string[] {
  const org = useOrg()
  const plan = useQuery(api.plan.read.queryOptions({ input: { org: org.id } }))
  const costs = plan.data?.outlook?.costs ?? []
  return [...(mine?.entries ?? []), ...costs].map(({ activity }) => activity)
}

export function Running({ timer }: { timer: NonNullable<Mine['timer']> }) {
  const now = useNow(10_000)
  const org = useOrg()
  const [stopping, setStopping] = useState(false)
  const drop = useAct(api.time, () => client.time.drop({ org: org.id }))
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(timer.beganAt).getTime()) / 60_000))
  return (
    <Group justify="space-between" gap="8px 16px" role="group" aria-label="Your timer">
      <span>
        <strong className="plan-number">{count(minutes, 'minute')}</strong> {activityLabel(timer.activity)}
      </span>
      <Group gap="xs">
        <Button leftSection={<IconPlayerStop size={16} />} onClick={() => setStopping(true)}>
          Done
        </Button>
        <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
          Forget it
        </Button>
      </Group>
      <Modal opened={stopping} onClose={() => setStopping(false)} title={`${activityLabel(timer.activity)}: done`}>
        <StopForm minutes={minutes} close={() => setStopping(false)} />
      </Modal>
    </Group>
  )
}

function Sum({ mine: { minutes, ceiling } }: { mine: Mine }) {
  if (ceiling === null || ceiling === 0)
    return <p className="lr-dimmed">{numberText(Math.round(minutes))} minutes this week.</p>
  const share = Math.round((minutes / ceiling) * 100)
  return (
    <>
      <p className="lr-dimmed">
        {numberText(Math.round(minutes))} of at most {ceiling} minutes this week.
        {share > 100 && ' That is more than you wanted to give: leave the rest for next week.'}
      </p>
      <Progress
        value={Math.min(100, share)}
        color={share > 100 ? 'crimson' : undefined}
        aria-label="Of the most that you give"
      />
    </>
  )
}

function Entries({ mine: { entries } }: { mine: Mine }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  // Minutes count in what was done and in what things take, which the plan shows.
  const again = () => refresh(queryClient, api.time, api.plan, api.sessions)
  const remove = useMutation({
    mutationFn: (id: string) => client.time.remove({ org: org.id, id }),
    onSuccess: async (_, id) => {
      await again()
      showUndo('Taken away', async () => {
        await client.time.restore({ org: org.id, id })
        await again()
      })
    },
    onError: (error) => showProblem(error),
  })
  const { nameOf } = useCampaignNames()
  return (
    <ul className="plan-list">
      {entries.map(({ id, activity, campaignId, day, minutes, items, how, note }) => (
        <li key={id} className="plan-row">
          <span>
            {items > 1 ? `${items} × ` : ''}
            {activityLabel(activity)} <span className="lr-dimmed">{dayText(day, 'short')}</span>
            {campaignId && <span className="lr-dimmed"> for {nameOf(campaignId)}</span>}
            {note && <span className="lr-dimmed"> {note}</span>}
          </span>
          <Group gap="xs" wrap="nowrap">
            <span className="lr-dimmed">
              {numberText(minutes)} min{how === 'estimated' && ', estimated'}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take away: ${activityLabel(activity)}, ${numberText(minutes)} minutes`}
              onClick={() => remove.mutate(id)}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        </li>
      ))}
    </ul>
  )
}

function MostForm({ mine, close }: { mine: Mine; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<{ minutesWeekly: number | string }, unknown>({
    initialValues: { minutesWeekly: mine.ceiling ?? 90 },
    validate: ({ minutesWeekly }) => ({
      minutesWeekly: typeof minutesWeekly === 'number' ? null : 'A number is needed; 0 is one too.',
    }),
    send: ({ minutesWeekly }) => client.time.setCeiling({ org: org.id, minutesWeekly: Number(minutesWeekly) }),
    done: async () => {
      await refresh(queryClient, api.time, api.plan, api.sessions)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label="The most that you give">
      <NumberInput
        label="Minutes a week"
        description="No plan goes above it, whoever asks. One person runs only so far."
        min={0}
        max={10_080}
        data-autofocus
        {...form.field('minutesWeekly')}
      />
    </ServerForm>
  )
}
