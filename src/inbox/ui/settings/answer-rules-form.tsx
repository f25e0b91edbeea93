// What an organisation asks of answers before they go out.

import { NumberInput, Radio, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import '@mantine/core/styles/NumberInput.css'

type Rules = Output<typeof client.answerRules.read>

export function AnswerRulesForm({ rules }: { rules: Rules }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { approval: rules.approval as string, leastChanged: rules.leastChanged as number | string },
    send: ({ approval, leastChanged }) =>
      client.answerRules.change({
        org: org.id,
        approval: approval === 'untrained' ? 'untrained' : 'nobody',
        leastChanged: Number(leastChanged) || 0,
      }),
    done: async () => {
      await refresh(queryClient, api.answerRules, api.trainings, api.answers)
      showDone('Saved')
    },
  })
  const isClosed = !may('inbox.rule')
  return (
    <Section title="Before an answer goes out">
      <ServerForm form={form} submit="Save" label="Before an answer goes out">
        <Radio.Group label="Somebody else looks first" {...form.field('approval')}>
          <Stack gap="xs" mt="xs">
            <Radio value="nobody" label="At nobody’s answers" disabled={isClosed} />
            <Radio
              value="untrained"
              label="At answers of people without a training that counts"
              description="Owners, admins, managers and approvers agree to them; what they answer themselves goes out at once."
              disabled={isClosed}
            />
          </Stack>
        </Radio.Group>
        <NumberInput
          label="Words to change in a saved reply"
          description="People answer people: so many words have to be different before it is sent. 0 lets it go out as it is."
          min={0}
          max={100}
          allowDecimal={false}
          disabled={isClosed}
          maw={420}
          {...form.field('leastChanged')}
        />
      </ServerForm>
    </Section>
  )
}
