// The lines of a cadence: so many of what, in each period, where. What each takes a week stands beside it.

import { ActionIcon, Button, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { CadenceLines } from '../../plan/types.ts'
import { activityOptions } from '../activity-words.ts'
import { numberText } from '../programme-words.ts'
import {
  channelFrom,
  type Line,
  lineText,
  newLine,
  rowOf,
  slotsText,
  templates,
  type Unit,
  unitOptions,
  withRow,
} from './cadence-rows.ts'
import type { Outlook } from './plan-page.tsx'
import '@mantine/core/styles/ActionIcon.css'
import '@mantine/core/styles/NumberInput.css'

interface Props {
  lines: CadenceLines
  change: (lines: CadenceLines) => void
  outlook: Outlook | null
  isFixed: boolean
}

export function CadenceEditor({ lines, change, outlook, isFixed }: Props) {
  const own = outlook?.costs.map(({ activity }) => activity) ?? []
  const set = (line: Line) => change(lines.map((each) => (each.id === line.id ? line : each)))
  return (
    <>
      {lines.length === 0 && (
        <div className="plan-areas">
          {templates.map(({ name, means, lines: begun }) => (
            <div key={name} className="plan-area">
              <h3>{name}</h3>
              <p className="lr-dimmed">{means}</p>
              {!isFixed && (
                <Button variant="default" size="xs" onClick={() => change(begun)}>
                  Begin with it
                </Button>
              )}
            </div>
          ))}
        </div>
      )}
      <ul className="plan-list">
        {lines.map((line) => {
          const takes = outlook?.minutes.lines.find((each) => each.line === line.id)
          return (
            <li key={line.id} className="plan-row">
              {isFixed ? <span>{lineText(line)}</span> : <LineFields line={line} own={own} set={set} />}
              <Group gap="xs" wrap="nowrap">
                <span className="lr-dimmed plan-takes">
                  {takes && `${numberText(Math.round(takes.minutes))} min a week`}
                </span>
                {!isFixed && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Leave out: ${lineText(line)}`}
                    onClick={() => change(lines.filter(({ id }) => id !== line.id))}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                )}
              </Group>
            </li>
          )
        })}
      </ul>
      {!isFixed && (
        <Button
          variant="default"
          size="xs"
          mt={8}
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...lines, newLine(lines)])}
        >
          Add a line
        </Button>
      )}
    </>
  )
}

function LineFields({ line, own, set }: { line: Line; own: string[]; set: (line: Line) => void }) {
  const { activity, times } = rowOf(line)
  return (
    <div className="plan-line">
      {activity === null ? (
        <span className="plan-mixed">{slotsText(line)}, each of another kind</span>
      ) : (
        <>
          <NumberInput
            aria-label="How many"
            w={80}
            min={1}
            max={50}
            allowDecimal={false}
            value={times}
            onChange={(value) =>
              typeof value === 'number' && value >= 1 && set(withRow(line, { activity, times: value }))
            }
          />
          <Select
            aria-label="What"
            w={220}
            allowDeselect={false}
            data={activityOptions(own)}
            value={activity}
            onChange={(value) => value && set(withRow(line, { activity: value, times }))}
          />
        </>
      )}
      <span className="lr-dimmed">every</span>
      <NumberInput
        aria-label="Every so many"
        w={80}
        min={1}
        max={52}
        allowDecimal={false}
        value={line.every}
        onChange={(value) => typeof value === 'number' && value >= 1 && set({ ...line, every: value })}
      />
      <Select
        aria-label="Days or weeks"
        w={150}
        allowDeselect={false}
        data={unitOptions}
        value={line.unit}
        onChange={(value) => value && set({ ...line, unit: value as Unit })}
      />
      <TextInput
        aria-label="Where"
        placeholder="Where (anywhere)"
        w={160}
        maxLength={60}
        value={line.channel ?? ''}
        onChange={(event) => set({ ...line, channel: channelFrom(event.currentTarget.value) })}
      />
    </div>
  )
}
