// Changes one figure, with a reason; or takes it back to its default.

import { Button, NumberInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type Figure, type Figures, figureText, rangeText } from './figure-words.ts'
import '@mantine/core/styles/NumberInput.css'

interface Values extends Record<string, unknown> {
  value: number | string
  reason: string
}

interface Props {
  figure: Figure
  /** The version in force. */
  number: number | null
  close: () => void
}

export function ChangeFigure({ figure, number, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  // Whatever is judged or planned goes by them.
  const again = () => refresh(queryClient, api.figures, api.guards, api.plan, api.sessions, api.worth, api.longView)
  const { name, value: before, standard, unit } = figure
  const send = (value: number, reason: string, after: number | null) =>
    client.figures.change({ org: org.id, changes: [{ name, value }], reason, after })
  const form = useServerForm<Values, Figures>({
    initialValues: { value: before, reason: '' },
    validate: ({ value, reason }) => ({
      value: typeof value === 'number' ? null : 'A number is needed.',
      reason: wants.sentence(reason),
    }),
    fieldNames: { [name]: 'value' },
    send: ({ value, reason }) => send(Number(value), reason, number),
    done: async (now, { reason }) => {
      await again()
      close()
      if (now.number === number) return
      showUndo('It holds from now on', async () => {
        await send(before, `Undone: ${reason}`.slice(0, 2000), now.number)
        await again()
      })
    },
  })
  return (
    <ServerForm
      form={form}
      submit="Change it"
      close={close}
      label="Change the figure"
      actions={
        before !== standard && (
          <Button variant="default" onClick={() => form.values.setFieldValue('value', standard)}>
            Back to {figureText(standard, unit)}
          </Button>
        )
      }
    >
      <p>{figure.says}</p>
      <NumberInput
        label={unit === 'share' ? 'Share' : `In ${unit}`}
        description={`${rangeText(figure)} The default is ${figureText(standard, unit)}.`}
        step={unit === 'share' || unit === 'times' ? 0.05 : 1}
        data-autofocus
        {...form.field('value')}
      />
      <ReasonField description="Stays beside the figure, for whoever asks later." {...form.field('reason')} />
    </ServerForm>
  )
}
