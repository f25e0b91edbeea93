// One rung: what it means, what its gates ask for, what people saw of each other, its history, and its place.

import { Button, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { listeningKey } from '../../competencies/types.ts'
import { CompetencyDialog } from './competency-dialog.tsx'
import { asksText, entryText, gateLabel, gateWords } from './gate-words.ts'
import { type Ladder, type Rung, teamName } from './ladder-page.tsx'
import { Observations } from './observations.tsx'
import { useLadder } from './use-ladder.ts'

interface Props {
  ladder: Ladder
  /** null: closed. */
  rung: Rung | null
  close: () => void
}

export function RungDialog({ ladder, rung, close }: Props) {
  const [changed, setChanged] = useState<Rung | null>(null)
  return (
    <>
      <Modal opened={rung !== null && changed === null} onClose={close} title={rung?.name} size="lg">
        {rung && <RungView ladder={ladder} rung={rung} change={() => setChanged(rung)} close={close} />}
      </Modal>
      <CompetencyDialog opened={changed !== null} rung={changed} close={() => setChanged(null)} />
    </>
  )
}

interface ViewProps {
  ladder: Ladder
  rung: Rung
  change: () => void
  close: () => void
}

function RungView({ ladder, rung, change, close }: ViewProps) {
  const may = useMay()
  return (
    <div className="ld-rung-view">
      <p>{rung.means}</p>
      <h3>What its gates ask for</h3>
      <ul className="plan-list">
        {rung.gates.map((gate) => (
          <li key={`${gate.measure}${gate.activity}`} className="plan-row">
            <div>
              <strong>{gateLabel(gate)}</strong>
              <p className="lr-dimmed">{gateWords[gate.measure].means}</p>
            </div>
            <span className="plan-takes">{asksText(gate)}</span>
          </li>
        ))}
      </ul>
      <p className="lr-dimmed">Read over the last twelve whole weeks, also from before the programme.</p>
      <Observations rung={rung} />
      <History ladder={ladder} rung={rung} />
      {may('programme.lead') && <RungActions ladder={ladder} rung={rung} change={change} close={close} />}
    </div>
  )
}

function RungActions({ ladder, rung, change, close }: ViewProps) {
  const { order, remove } = useLadder()
  const before = ladder.rungs.map(({ id }) => id)
  const at = before.indexOf(rung.id)
  const move = (to: number) => {
    const ids = before.toSpliced(at, 1).toSpliced(to, 0, rung.id)
    order.mutate({ ids, before })
  }
  const isListening = rung.key === listeningKey
  return (
    <Group gap="xs">
      <Button variant="default" onClick={change}>
        Change
      </Button>
      <Button variant="default" disabled={isListening || at >= before.length - 1} onClick={() => move(at + 1)}>
        One rung higher
      </Button>
      <Button variant="default" disabled={isListening || at <= 1} onClick={() => move(at - 1)}>
        One rung lower
      </Button>
      <Button
        variant="default"
        disabled={isListening}
        onClick={() => {
          close()
          remove.mutate({ id: rung.id, name: rung.name })
        }}
      >
        Take away
      </Button>
      {isListening && <p className="lr-dimmed">Listening is the first rung of every programme and stays there.</p>}
    </Group>
  )
}

function History({ ladder, rung }: { ladder: Ladder; rung: Rung }) {
  const org = useOrg()
  const found = useQuery(api.competencies.history.queryOptions({ input: { org: org.id, id: rung.id } }))
  const teamOf = (id: string | null) => {
    const team = id === null ? undefined : ladder.teams.find(({ departmentId }) => departmentId === id)
    return team ? `${teamName(team)}: ` : ''
  }
  return (
    <details className="plan-means">
      <summary>Its history</summary>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <ul className="plan-list">
        {found.data?.map(({ at, by, departmentId, kind, facts }, index) => (
          <li key={`${at}${index}`} className="plan-row">
            <span>
              {teamOf(departmentId)}
              {entryText(kind, facts)}
            </span>
            <span className="lr-dimmed">
              {by?.name ?? 'Longrun'}, <TimeText at={at} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
