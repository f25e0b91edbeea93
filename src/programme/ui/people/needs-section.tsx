// Which activity needs which ability: as usual, or as the organisation says; who may do it, and what to do where nobody may.

import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { activityLabel } from '../activity-words.ts'

type Needs = Output<typeof client.needs.list>
type Need = Needs['needs'][number]

export function NeedsSection() {
  const org = useOrg()
  const found = useQuery(api.needs.list.queryOptions({ input: { org: org.id } }))
  const needs = found.data
  return (
    <Section
      title="What needs which ability"
      description="The plan gives work only to those who have what it needs, or learn it with a buddy who has it. As usual means: from the first person on who has it on record; until then anybody may."
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {needs?.rungs.length === 0 && (
        <p className="lr-dimmed">Without a ladder nothing is asked of anybody: everybody may do everything.</p>
      )}
      {needs && needs.rungs.length > 0 && (
        <ul className="plan-list">
          {needs.needs.map((need) => (
            <NeedRow key={need.activity} need={need} rungs={needs.rungs} />
          ))}
        </ul>
      )}
    </Section>
  )
}

const [asUsual, anybody] = ['as-usual', 'anybody'] as const

function NeedRow({ need, rungs }: { need: Need; rungs: Needs['rungs'] }) {
  const may = useMay()
  const say = useSay()
  const { activity, isSaid, said, usual, says } = need
  const nameOf = (key: string | null) => rungs.find((rung) => rung.key === key)?.name
  const value = isSaid ? (said ?? anybody) : asUsual
  const data = [
    { value: asUsual, label: `As usual: ${nameOf(usual) ?? 'anybody'}` },
    { value: anybody, label: 'Anybody' },
    ...rungs.map(({ key, name }) => ({ value: key, label: name })),
  ]
  return (
    <li className="plan-row">
      <span className="plan-session">
        <span>
          {activityLabel(activity)} {says && <Badge tone="amber">Nobody may</Badge>}
        </span>
        <span className="lr-dimmed">{says ?? ableText(need)}</span>
      </span>
      {may('programme.lead') ? (
        <Select
          aria-label={`What ${activityLabel(activity)} needs`}
          w={240}
          allowDeselect={false}
          data={data}
          value={value}
          disabled={say.isPending}
          onChange={(next) => next && next !== value && say.mutate({ activity, value: next, before: value })}
        />
      ) : (
        <span>{data.find((each) => each.value === value)?.label ?? said}</span>
      )}
    </li>
  )
}

function ableText({ holds, able }: Need): string {
  if (holds === null) return 'Anybody may do it.'
  return `May do it: ${able.map(({ name, beside }) => (beside ? `${name} (with ${beside})` : name)).join(', ')}.`
}

interface Said {
  activity: string
  value: string
  before: string
}

function useSay() {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.needs, api.plan, api.sessions)
  const put = (activity: string, value: string) =>
    value === asUsual
      ? client.needs.takeBack({ org: org.id, activity })
      : client.needs.say({ org: org.id, activity, key: value === anybody ? null : value })
  return useMutation({
    mutationFn: ({ activity, value }: Said) => put(activity, value),
    onSuccess: async (_, { activity, before }) => {
      await again()
      showUndo(`Changed: ${activityLabel(activity)}`, async () => {
        await put(activity, before)
        await again()
      })
    },
    onError: (error) => showProblem(error),
  })
}
