// The lines of a cadence: so many of what, in each period, where. What each takes a week stands beside it.

import { ActionIcon, Button, Checkbox, Group, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useCampaignNames } from '../../../publishing/ui/campaigns/use-campaign-names.ts'
import type { CadenceLines } from '../../plan/types.ts'
import { activityOptions } from '../activity-words.ts'
import { CampaignSelect } from '../campaign-select.tsx'
import { numberText } from '../programme-words.ts'
import {
  channelFrom,
  forCampaign,
  hasSeveral,
  type Line,
  lineText,
  newLine,
  rowOf,
  slotsText,
  type Unit,
  unitOptions,
  withBlock,
  withRow,
} from './cadence-rows.ts'
import { CountInput } from './count-input.tsx'
import { DoersInput, usePeopleNames } from './doers-input.tsx'
import { GrowthInput } from './growth-input.tsx'
import { Lacks } from './lacks.tsx'
import type { Outlook } from './plan-page.tsx'
import { TemplateChoice } from './template-choice.tsx'
import '@mantine/core/styles/ActionIcon.css'

interface Props {
  lines: CadenceLines
  change: (lines: CadenceLines) => void
  outlook: Outlook | null
  isFixed: boolean
}

export function CadenceEditor({ lines, change, outlook, isFixed }: Props) {
  const own = outlook?.costs.map(({ activity }) => activity) ?? []
  const names = usePeopleNames()
  const set = (line: Line) => change(lines.map((each) => (each.id === line.id ? line : each)))
  return (
    <>
      {lines.length === 0 && <TemplateChoice choose={isFixed ? null : ({ lines: begun }) => change(begun)} />}
      <ul className="plan-list">
        {lines.map((line) => {
          const takes = outlook?.minutes.lines.find((each) => each.line === line.id)
          return (
            <li key={line.id} className="plan-row">
              {isFixed ? (
                <Group gap="xs" justify="space-between">
                  <FixedLine line={line} names={names} />
                  <Takes minutes={takes?.minutes ?? null} />
                </Group>
              ) : (
                <LineFields line={line} own={own} names={names} from={outlook?.weeks[0]?.monday ?? null} set={set}>
                  <Takes minutes={takes?.minutes ?? null} />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Leave out: ${lineText(line)}`}
                    onClick={() => change(lines.filter(({ id }) => id !== line.id))}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </LineFields>
              )}
              <Lacks lacks={outlook?.lacks.filter((each) => each.line === line.id) ?? []} />
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

const Takes = ({ minutes }: { minutes: number | null }) => (
  <span className="lr-dimmed plan-takes">{minutes !== null && `${numberText(Math.round(minutes))} min a week`}</span>
)

function FixedLine({ line, names }: { line: Line; names: ReadonlyMap<string, string> }) {
  const { nameOf } = useCampaignNames()
  return (
    <span>
      {lineText(line, names)}
      {line.campaignId && <span className="lr-dimmed"> for {nameOf(line.campaignId)}</span>}
    </span>
  )
}

interface FieldsProps {
  line: Line
  own: string[]
  names: ReadonlyMap<string, string>
  from: string | null
  set: (line: Line) => void
  children: ReactNode
}

function LineFields({ line, own, names, from, set, children }: FieldsProps) {
  const { activity, times } = rowOf(line)
  return (
    <Group gap="xs" role="group" aria-label={lineText(line)}>
      {activity === null ? (
        <span>
          {slotsText(line)}
          {line.differ && ', each of another kind'}
        </span>
      ) : (
        <>
          <CountInput
            label="How many"
            max={50}
            value={times}
            change={(value) => set(withRow(line, { activity, times: value }))}
          />
          <Select
            aria-label="What"
            w={190}
            allowDeselect={false}
            data={activityOptions(own)}
            value={activity}
            onChange={(value) => value && set(withRow(line, { activity: value, times }))}
          />
        </>
      )}
      <span className="lr-dimmed">every</span>
      <CountInput label="Every so many" max={52} value={line.every} change={(every) => set({ ...line, every })} />
      <Select
        aria-label="Days or weeks"
        w={110}
        allowDeselect={false}
        data={unitOptions}
        value={line.unit}
        onChange={(value) => value && set({ ...line, unit: value as Unit })}
      />
      <TextInput
        aria-label="Where"
        placeholder="Where (anywhere)"
        w={150}
        maxLength={60}
        value={line.channel ?? ''}
        onChange={(event) => set({ ...line, channel: channelFrom(event.currentTarget.value) })}
      />
      <CampaignSelect
        aria-label="For which campaign"
        w={160}
        value={line.campaignId ?? null}
        onChange={(campaignId) => set(forCampaign(line, campaignId))}
      />
      <DoersInput line={line} names={names} set={set} />
      <GrowthInput line={line} from={from} set={set} />
      {(hasSeveral(line) || line.block) && (
        <Checkbox
          label="All at one go"
          checked={line.block ?? false}
          onChange={(event) => set(withBlock(line, event.currentTarget.checked))}
        />
      )}
      <Group gap="xs" ml="auto" wrap="nowrap">
        {children}
      </Group>
    </Group>
  )
}
