// How often alerts were for nothing, and how many are told in a day.

import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import '@mantine/core/styles/NumberInput.css'

type Rules = Output<typeof client.alerts.rules>

const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`

export function AlertRules() {
  const org = useOrg()
  const rules = useQuery(api.alerts.rules.queryOptions({ input: { org: org.id } }))
  if (rules.isPending) return <LoadingRows />
  if (!rules.data) return <ErrorPanel error={rules.error} retry={() => void rules.refetch()} />
  const { raised, told, answered, false: wrong, falseRate, low, high } = rules.data.last90Days
  return (
    <div className="al-answer">
      <p>
        {count(raised, 'alert')} in the last 90 days, {told} told.{' '}
        {falseRate === null
          ? 'None was answered as real or false yet, so nobody can say how often they are for nothing.'
          : `${wrong} of ${answered} answered were false: ${percent(falseRate)}, probably between ${percent(low)} and ${percent(high)}.`}
      </p>
      <Budget key={rules.data.dailyBudget} rules={rules.data} />
    </div>
  )
}

function Budget({ rules }: { rules: Rules }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [budget, setBudget] = useState<number | string>(rules.dailyBudget)
  const change = useMutation({
    mutationFn: (dailyBudget: number) => client.alerts.changeRules({ org: org.id, dailyBudget }),
    onSuccess: async () => {
      showDone('The alert budget is changed')
      await refresh(queryClient, api.alerts)
    },
    onError: (error) => showProblem(error),
  })
  const fits = typeof budget === 'number' && budget >= 1 && budget <= 100
  return (
    <form
      className="al-budget"
      onSubmit={(event) => {
        event.preventDefault()
        if (fits) change.mutate(budget)
      }}
    >
      <NumberInput
        label="Most alerts a day for one person"
        description="The gravest are told first; what asks to act now always is. The rest waits in this list."
        min={1}
        max={100}
        allowDecimal={false}
        disabled={!may('listening.change')}
        value={budget}
        onChange={setBudget}
      />
      {budget !== rules.dailyBudget && (
        <Button type="submit" disabled={!fits} loading={change.isPending}>
          Change
        </Button>
      )}
    </form>
  )
}
