// On what ground a file may be used, until when, from whom, and how its maker is named.

import { Button, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Rights, type RightsBasis, rightsBases } from '../../library/types.ts'
import { basisWords } from './rights-words.tsx'

export const noRights: Rights = { basis: null, holder: '', note: '', expiresOn: null, source: '', credit: '' }

/** What of them is another than before. */
export const changedRights = (before: Rights, after: Rights): Partial<Rights> =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name as keyof Rights]))

interface RightsFormProps {
  before: Rights
  submit: string
  /** Of files that differ: what is left empty stays as it is in each. */
  several?: boolean
  /** Answers whether it was done. */
  send: (rights: Rights) => Promise<boolean>
  done?: () => void
  disabled?: boolean
}

export function RightsForm({ before, submit, several = false, send, done, disabled = false }: RightsFormProps) {
  const [rights, setRights] = useState(before)
  const [working, setWorking] = useState(false)
  const set = (change: Partial<Rights>) => setRights((old) => ({ ...old, ...change }))
  const text = (name: 'holder' | 'note' | 'source' | 'credit') => ({
    value: rights[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => set({ [name]: value }),
    disabled,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setWorking(true)
    if (await send(rights)) done?.()
    setWorking(false)
  }
  const by = rights.basis === 'licensed' ? 'Licensed by' : 'Permitted by'
  return (
    <form onSubmit={(event) => void save(event)} aria-label="Rights">
      <Stack gap="sm">
        {several && (
          <Text size="sm" c="dimmed">
            What you leave empty stays as it is in each file.
          </Text>
        )}
        <Select
          label="May be used because"
          placeholder={several ? 'As it is in each' : 'Nobody has said'}
          clearable
          data={rightsBases.map((value) => ({ value, label: basisWords[value] }))}
          value={rights.basis}
          onChange={(value) => set({ basis: value as RightsBasis | null })}
          disabled={disabled}
        />
        {(rights.basis === 'licensed' || rights.basis === 'permission' || rights.holder !== '') && (
          <TextInput label={by} maxLength={200} {...text('holder')} />
        )}
        <TextInput
          type="date"
          label="Last day of use"
          description={`After it, no post is scheduled or sent with it.${several ? '' : ' Empty: no end.'}`}
          value={rights.expiresOn ?? ''}
          onChange={({ currentTarget: { value } }) => set({ expiresOn: value || null })}
          disabled={disabled}
        />
        <TextInput label="Source" placeholder="Where it comes from" maxLength={500} {...text('source')} />
        <TextInput label="Credit line" placeholder="Photo: …" maxLength={300} {...text('credit')} />
        <Textarea
          label="Permission"
          placeholder="Its text, or where it is kept"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          {...text('note')}
        />
        {!disabled && (
          <Button
            type="submit"
            variant="default"
            loading={working}
            disabled={Object.keys(changedRights(before, rights)).length === 0}
          >
            {submit}
          </Button>
        )}
      </Stack>
    </form>
  )
}
