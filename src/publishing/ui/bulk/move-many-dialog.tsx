// Moves or copies many posts: where to, a preview of each with what stands against it, and what became of it.

import { Alert, Button, Group, Modal, NumberInput, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { zoneCity } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { BulkAnswer } from '../../bulk/types.ts'
import { type CalendarLine, isMovable } from '../calendar-context.ts'
import { viewerLanguage } from '../holidays/use-holidays.ts'
import { MovePreview } from './move-preview.tsx'
import { movesOf, type ProposedMove, type Target } from './moves.ts'
import type { Bulk } from './use-bulk.ts'
import '@mantine/core/styles/Alert.css'
import '@mantine/core/styles/NumberInput.css'

export interface AskedMove {
  lines: CalendarLine[]
  act: 'move' | 'copy'
  /** Where they were dropped; absent: the person says it here. */
  target?: Target
}

interface MoveManyDialogProps {
  asked: AskedMove
  zone: string
  bulk: Bulk
  /** `done`: nothing is left to look at. */
  close: (done: boolean) => void
}

export function MoveManyDialog({ asked, zone, bulk, close }: MoveManyDialogProps) {
  const { lines, act } = asked
  const [target, setTarget] = useState<Target>(asked.target ?? { kind: 'shift', days: 1, hours: 0, minutes: 0 })
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [working, setWorking] = useState(false)
  const [answer, setAnswer] = useState<BulkAnswer | null>(null)
  const able = useMemo(() => (act === 'copy' ? lines : lines.filter(isMovable)), [lines, act])
  const moves = useMemo(() => movesOf(able, target, zone), [able, target, zone])
  const conflicts = useConflicts(moves, act, zone)
  const taken = moves.filter(({ line }) => !left.has(line.id))
  const against = moves.filter((_, at) => (conflicts.current?.[at]?.conflicts.length ?? 0) > 0)
  const run = async () => {
    setWorking(true)
    const said = await bulk[act](taken)
    setWorking(false)
    setAnswer(said)
    if (said?.refused === 0) close(true)
  }
  const fixed = lines.length - able.length
  return (
    <Modal
      opened
      onClose={() => close(false)}
      size="xl"
      title={`${act === 'copy' ? 'Copy' : 'Move'} ${count(lines.length, 'post')}`}
    >
      <Stack gap="md">
        {!answer && <TargetFields target={target} setTarget={setTarget} zone={zone} />}
        {fixed > 0 && (
          <p className="lr-page-description">
            {count(fixed, 'post')} of them {fixed === 1 ? 'stays' : 'stay'}: only drafts and what waits for its time can
            be moved.
          </p>
        )}
        {act === 'copy' && (
          <p className="lr-page-description">The copies are drafts. Nothing goes out until somebody schedules them.</p>
        )}
        <ErrorPanel error={conflicts.error} retry={() => void conflicts.refetch()} />
        {against.length > 0 && !answer && (
          <Alert color="amber" title={`${count(against.length, 'post')} of ${moves.length} with something against it`}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setLeft(new Set([...left, ...against.map(({ line }) => line.id)]))}
            >
              Leave them out
            </Button>
          </Alert>
        )}
        <MovePreview
          moves={moves}
          conflicts={conflicts.current}
          left={left}
          setLeft={setLeft}
          answer={answer}
          zone={zone}
        />
        {answer ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => close(true)}>
              Close
            </Button>
          </Group>
        ) : (
          <DialogActions
            close={() => close(false)}
            action={`${act === 'copy' ? 'Copy' : 'Move'} ${count(taken.length, 'post')}`}
            run={run}
            working={working}
            disabled={taken.length === 0 || !(conflicts.current || conflicts.error)}
          />
        )}
      </Stack>
    </Modal>
  )
}

/** Asked once the person has stopped turning the numbers. */
function useConflicts(moves: ProposedMove<CalendarLine>[], act: 'move' | 'copy', zone: string) {
  const org = useOrg()
  const asked = useMemo(
    () =>
      moves.map(({ line, to }) => ({
        ...(act === 'move' ? { id: line.id } : { accountIds: line.accountIds }),
        wall: to,
        zone,
      })),
    [moves, act, zone],
  )
  const [input] = useDebouncedValue(asked, 250)
  const query = useQuery(
    api.planning.conflicts.queryOptions({
      input: { org: org.id, moves: input, language: viewerLanguage() },
      enabled: input.length > 0,
      placeholderData: keepPreviousData,
    }),
  )
  // What was answered for other times says nothing about these.
  return { ...query, current: input === asked && !query.isPlaceholderData ? query.data : undefined }
}

interface TargetFieldsProps {
  target: Target
  setTarget: (target: Target) => void
  zone: string
}

function TargetFields({ target, setTarget, zone }: TargetFieldsProps) {
  const shift = target.kind === 'shift' ? target : { kind: 'shift' as const, days: 0, hours: 0, minutes: 0 }
  return (
    <Group align="end" gap="sm">
      <SegmentedControl
        size="xs"
        aria-label="How to move"
        value={target.kind}
        onChange={(kind) =>
          setTarget(kind === 'day' ? { kind, day: new Date().toLocaleDateString('sv-SE', { timeZone: zone }) } : shift)
        }
        data={[
          { value: 'shift', label: 'By days and hours' },
          { value: 'day', label: 'To another day' },
        ]}
      />
      {target.kind === 'day' ? (
        <TextInput
          type="date"
          label="Day"
          value={target.day}
          onChange={({ currentTarget: { value } }) => value && setTarget({ kind: 'day', day: value })}
        />
      ) : (
        (['days', 'hours'] as const).map((unit) => (
          <NumberInput
            key={unit}
            label={unit === 'days' ? 'Days' : 'Hours'}
            description={unit === 'days' ? 'Less than 0: earlier' : undefined}
            w={110}
            allowDecimal={false}
            min={unit === 'days' ? -3660 : -23}
            max={unit === 'days' ? 3660 : 23}
            value={shift[unit]}
            onChange={(value) => setTarget({ ...shift, [unit]: Number(value) || 0 })}
          />
        ))
      )}
      <span className="lr-dimmed">The clock of {zoneCity(zone)}</span>
    </Group>
  )
}
