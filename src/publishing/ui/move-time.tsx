// A wall time in a fixed zone, with the hint for days on which a clock changes.

import { Anchor, TextInput } from '@mantine/core'
import { zoneCity } from '../../kit/time.ts'
import { meaningOf } from './planned-time.ts'

export function MoveTime({ wall, zone, setWall }: { wall: string; zone: string; setWall: (wall: string) => void }) {
  const meaning = wall === '' ? null : meaningOf(wall, zone)
  return (
    <div>
      <TextInput
        type="datetime-local"
        label="New time"
        description={`In the zone ${zoneCity(zone)}`}
        value={wall}
        onChange={(event) => setWall(event.currentTarget.value.slice(0, 16))}
        error={meaning?.kind === 'never' && 'The clock is set forward over this time that day.'}
        data-autofocus
      />
      {meaning?.kind === 'never' && (
        <Anchor component="button" type="button" size="sm" onClick={() => setWall(meaning.suggested)}>
          Use {meaning.suggested.slice(11, 16)} instead
        </Anchor>
      )}
      {meaning?.kind === 'twice' && (
        <p className="lr-page-description">
          The clock is set back that day, so this time comes twice. The first one is meant.
        </p>
      )}
    </div>
  )
}
