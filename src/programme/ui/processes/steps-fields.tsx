// The steps of a process: what, whose part, within which time; added, left out, in order.

import { ActionIcon, Button, Group, Input, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ProcessStep } from '../../processes/types.ts'
import '@mantine/core/styles/ActionIcon.css'

interface Props {
  steps: ProcessStep[]
  set: (steps: ProcessStep[]) => void
  error: ReactNode
}

const mostSteps = 40

export function StepsFields({ steps, set, error }: Props) {
  const change = (index: number, part: Partial<ProcessStep>) =>
    set(steps.map((step, at) => (at === index ? { ...step, ...part } : step)))
  return (
    <fieldset className="plan-question">
      <legend>Steps</legend>
      {steps.map((step, index) => (
        <Group key={index} gap="xs" mb="xs" align="flex-end" role="group" aria-label={`Step ${index + 1}`}>
          <TextInput
            label="What is done"
            style={{ flex: '2 1 220px' }}
            maxLength={500}
            value={step.what}
            onChange={(event) => change(index, { what: event.currentTarget.value })}
          />
          <TextInput
            label="Whose part"
            placeholder="On duty"
            style={{ flex: '1 1 120px' }}
            maxLength={120}
            value={step.role}
            onChange={(event) => change(index, { role: event.currentTarget.value })}
          />
          <TextInput
            label="By when"
            placeholder="before ten"
            style={{ flex: '1 1 120px' }}
            maxLength={120}
            value={step.within}
            onChange={(event) => change(index, { within: event.currentTarget.value })}
          />
          {steps.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              mb={4}
              aria-label={`Leave out step ${index + 1}`}
              onClick={() => set(steps.toSpliced(index, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {error && <Input.Error>{error}</Input.Error>}
      {steps.length < mostSteps && (
        <Button variant="default" size="xs" onClick={() => set([...steps, { what: '', role: '', within: '' }])}>
          Add a step
        </Button>
      )}
    </fieldset>
  )
}
