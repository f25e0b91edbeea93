// A wall time in a zone, with what it means on days when a clock changes.

import { Anchor, Text, TextInput } from '@mantine/core'
import { refusalOf } from '../../kit/api.ts'
import { sameClock, timeIn, zoneCity } from '../../kit/time.ts'
import { useZone } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import { meaningOf } from './planned-time.ts'
import './notes.css'

interface WallTimeFieldsProps {
  wall: string
  zone: string
  setWall: (wall: string) => void
  setZone: (zone: string) => void
  /** What the server said last. */
  error?: unknown
}

export function WallTimeFields({ wall, zone, setWall, setZone, error }: WallTimeFieldsProps) {
  const own = useZone()
  const meaning = wall === '' ? null : meaningOf(wall, zone)
  const refused = error ? refusalOf(error) : null
  const suggested =
    meaning?.kind === 'never'
      ? meaning.suggested
      : refused?.code === 'time-does-not-exist'
        ? String(refused.params.suggested ?? '')
        : ''
  return (
    <>
      <TextInput
        type="datetime-local"
        label="Date and time"
        value={wall}
        onChange={(event) => setWall(event.currentTarget.value.slice(0, 16))}
        error={suggested ? 'The clock is set forward over this time that day.' : refused?.field === 'when.wall'}
      />
      {suggested && (
        <Text size="sm">
          <Anchor component="button" type="button" size="sm" onClick={() => setWall(suggested)}>
            Use {suggested.slice(11, 16)} instead
          </Anchor>
        </Text>
      )}
      <ZoneSelect label="Time zone" value={zone} onChange={(next) => next && setZone(next)} allowDeselect={false} />
      {meaning?.kind === 'twice' && (
        <p className="cp-note">The clock is set back that day, so this time comes twice. The first one is meant.</p>
      )}
      {meaning && meaning.kind !== 'never' && !sameClock(meaning.at, own, zone) && (
        <p className="cp-note">
          That is {timeIn(meaning.at, own, 'moment', new Date())} for you ({zoneCity(own)}).
        </p>
      )}
    </>
  )
}
