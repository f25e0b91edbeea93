// Adds people who consented elsewhere: their addresses, and where that consent is kept.

import { Button, Group, List, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { outcomeWords } from './letter-words.ts'
import { peopleIn } from './people-in.ts'
import '@mantine/core/styles/List.css'

type Results = Output<typeof client.letters.add>['results']

const most = 5000

interface Props {
  opened: boolean
  close: () => void
  accountId: string
}

export function AddPeopleDialog({ opened, close, accountId }: Props) {
  const [results, setResults] = useState<Results | null>(null)
  const end = () => {
    close()
    setResults(null)
  }
  return (
    <Modal opened={opened} onClose={end} title="Add people" size="lg">
      {results ? <Outcome results={results} close={end} /> : <PeopleForm accountId={accountId} done={setResults} />}
    </Modal>
  )
}

function PeopleForm({ accountId, done }: { accountId: string; done: (results: Results) => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { people: '', consent: '' },
    validate: ({ people, consent }) => ({ people: peopleFault(people), consent: consentFault(consent) }),
    send: ({ people, consent }) =>
      client.letters.add({ org: org.id, account: accountId, people: peopleIn(people), consent }),
    done: async (answer) => {
      await refresh(queryClient, api.letters)
      done(answer.results)
    },
  })
  const found = peopleIn(form.values.values.people).length
  return (
    <ServerForm form={form} submit={found > 0 ? `Add ${count(found, 'person', 'people')}` : 'Add'} label="Add people">
      <Text size="sm">
        Only people who said that they want this newsletter. Who left before is not brought back; for everybody else the
        form with its confirmation is the better way.
      </Text>
      <Textarea
        label="Addresses"
        description="One a line, with or without a name. A list from a spreadsheet can be pasted."
        autosize
        minRows={6}
        maxRows={14}
        data-autofocus
        {...form.field('people')}
      />
      <TextInput
        label="Where and when they consented"
        description="Kept with each of them, so that you can show it."
        placeholder="Signed at the counter of the shop, May 2026"
        {...form.field('consent')}
      />
    </ServerForm>
  )
}

function peopleFault(text: string): string | null {
  const found = peopleIn(text).length
  if (found === 0) return 'At least one address is needed.'
  return found > most ? `At most ${most} at a time; these are ${found}.` : null
}

const consentFault = (text: string): string | null =>
  text.trim().length >= 10 ? null : 'Say in a few words where and when they consented.'

function Outcome({ results, close }: { results: Results; close: () => void }) {
  const added = results.filter(({ outcome }) => outcome === 'added').length
  const others = results.filter(({ outcome }) => outcome !== 'added')
  return (
    <Stack gap="md">
      <Text>{added === 0 ? 'Nobody was added.' : `${count(added, 'person', 'people')} added.`}</Text>
      {others.length > 0 && (
        <>
          <Text size="sm">{count(others.length, 'address', 'addresses')} not added:</Text>
          <List size="sm" mah={260} style={{ overflow: 'auto' }} tabIndex={0} aria-label="Not added">
            {others.map(({ address, outcome }, index) => (
              <List.Item key={index}>
                {address}: {outcomeWords[outcome]}
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Group>
        <Button onClick={close}>Done</Button>
      </Group>
    </Stack>
  )
}
