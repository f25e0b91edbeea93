// What a training asks for before it counts: so many practice messages, and so many of them that have to pass.

import { Button, Checkbox, Modal, NumberInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, type ServerFormState, useServerForm } from '../../../kit/form.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type DrillWanted, ordinaryDrill } from '../../drills/types.ts'
import '@mantine/core/styles/NumberInput.css'
import './drills.css'

/** As number fields have it: empty while somebody types. */
interface Typed {
  exercises: number | string
  pass: number | string
}

export const wantedFrom = ({ exercises, pass }: Typed): DrillWanted => ({
  exercises: Number(exercises) || 0,
  pass: Number(pass) || 0,
})

export const wantedNames = { 'drill.exercises': 'exercises', 'drill.pass': 'pass' }

type Field = ReturnType<ServerFormState<Record<string, unknown>>['field']>

export function DrillWantedFields({ field }: { field: (name: keyof Typed) => Field }) {
  return (
    <div className="dr-two">
      <NumberInput label="Practice messages" min={1} max={20} allowDecimal={false} {...field('exercises')} />
      <NumberInput label="So many have to pass" min={1} max={20} allowDecimal={false} {...field('pass')} />
    </div>
  )
}

interface Props {
  training: { id: string; topic: string; drill: DrillWanted | null }
}

export function DrillWantedButton({ training }: Props) {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsked(true)}>
        Drill
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Drill for ${training.topic}`}>
        {asked && <Asking training={training} close={() => setAsked(false)} />}
      </Modal>
    </>
  )
}

function Asking({ training: { id, topic, drill: now }, close }: Props & { close: () => void }) {
  // As it was: once it is saved, the list has the new one already.
  const [drill] = useState(now)
  const org = useOrg()
  const queryClient = useQueryClient()
  const ask = async (wanted: DrillWanted | null) => {
    await client.trainings.askForDrill({ org: org.id, id, drill: wanted })
    await refresh(queryClient, api.trainings, api.answers, api.drills)
  }
  const form = useServerForm({
    initialValues: {
      isDrilled: drill !== null,
      exercises: (drill ?? ordinaryDrill).exercises as number | string,
      pass: (drill ?? ordinaryDrill).pass as number | string,
    },
    fieldNames: wantedNames,
    send: ({ isDrilled, ...typed }) => ask(isDrilled ? wantedFrom(typed) : null),
    done: () => {
      showUndo(`Changed what ${topic} asks for`, () => ask(drill))
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" close={close} label="Drill">
      <Checkbox
        label="It counts once a drill is passed"
        description="A drill that was passed before counts, where as much was asked."
        {...form.field('isDrilled', { type: 'checkbox' })}
      />
      {form.values.values.isDrilled && <DrillWantedFields field={form.field} />}
    </ServerForm>
  )
}
