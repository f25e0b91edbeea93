// One measure of a promise, as fields of its form: in how much time, in which hours, and when its clock stands still.

import { Button, Group, NumberInput, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { type Effect, effects, type PromiseTarget } from '../../promises/types.ts'
import { effectWords, isUntilSolved, metricWords, reopenedWords, standingSentences } from './promise-words.ts'
import '@mantine/core/styles/NumberInput.css'
import './promises.css'

const effectChoices = effects.map((effect) => ({ value: effect, label: effectWords[effect] }))
const reopenedChoices = (['continue', 'reset'] as const).map((value) => ({ value, label: reopenedWords[value] }))

interface PolicyTargetProps {
  target: PromiseTarget
  set: (change: Partial<PromiseTarget>) => void
  /** undefined: something has to be promised. */
  remove: (() => void) | undefined
}

export function PolicyTarget({ target, set, remove }: PolicyTargetProps) {
  const { label, means } = metricWords[target.metric]
  return (
    <fieldset className="pr-fieldset">
      <legend>{label}</legend>
      <p className="pr-facts">{means}.</p>
      <div className="pr-fields">
        <WithinFields target={target} set={set} />
        <NumberInput
          label="Warn before, in minutes"
          placeholder="a quarter of it"
          min={0}
          allowDecimal={false}
          value={target.dueSoonMinutes ?? ''}
          onChange={(value) => set({ dueSoonMinutes: value === '' ? null : Number(value) })}
        />
        {isUntilSolved(target.metric) && (
          <Select
            label="While we wait for them, it"
            allowDeselect={false}
            data={effectChoices}
            value={target.whileWaiting}
            onChange={(value) => set({ whileWaiting: value as Effect })}
          />
        )}
        <Select
          label="While it is put off, it"
          allowDeselect={false}
          data={effectChoices}
          value={target.whileOnHold}
          onChange={(value) => set({ whileOnHold: value as Effect })}
        />
        {isUntilSolved(target.metric) && (
          <Select
            label="When it is opened again, it"
            allowDeselect={false}
            data={reopenedChoices}
            value={target.whenReopened}
            onChange={(value) => set({ whenReopened: value as PromiseTarget['whenReopened'] })}
          />
        )}
      </div>
      <p className="pr-facts pr-after" aria-live="polite">
        {standingSentences(target).join(' ')}
      </p>
      <Group mt="sm" justify="space-between">
        <Switch
          label="In opening hours"
          checked={target.hours === 'business'}
          onChange={({ currentTarget: { checked } }) => set({ hours: checked ? 'business' : 'calendar' })}
        />
        {remove && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
            Do not promise this
          </Button>
        )}
      </Group>
    </fieldset>
  )
}

const units = [
  { value: '1', label: 'minutes' },
  { value: '60', label: 'hours' },
]

function WithinFields({ target, set }: Pick<PolicyTargetProps, 'target' | 'set'>) {
  const [unit, setUnit] = useState(target.minutes % 60 === 0 ? 60 : 1)
  return (
    <>
      <NumberInput
        label="Within"
        min={1}
        max={Math.floor(527_040 / unit)}
        allowDecimal={false}
        value={target.minutes / unit}
        onChange={(value) => set({ minutes: Math.max(1, Math.round((Number(value) || 1) * unit)) })}
      />
      <Select
        label="Unit"
        allowDeselect={false}
        data={units}
        value={String(unit)}
        onChange={(value) => {
          const next = Number(value)
          set({ minutes: Math.max(1, Math.round(target.minutes / unit)) * next })
          setUnit(next)
        }}
      />
    </>
  )
}
