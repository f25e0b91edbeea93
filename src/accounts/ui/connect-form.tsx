// The questions of one way to connect. A refusal stands at the field it speaks of; some ways go on at the network.

import { PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, client, Refused, refresh, refusalOf } from '../../kit/api.ts'
import { ServerForm, type ServerFormState, useServerForm } from '../../kit/form.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { forgetAttempt, keepAttempt } from './attempt.ts'
import type { Account, Network } from './use-accounts.ts'
import { webAddress } from './web-address.ts'
import { inWords } from './words.ts'

type Method = Network['methods'][number]
type Field = Method['fields'][number]
type Values = Record<string, string>

interface ConnectFormProps {
  network: Network
  method: Method
  account: Account | undefined
  /** From before the network refused a sign-in. */
  kept: Values
}

export function ConnectForm({ network, method, account, kept }: ConnectFormProps) {
  const { slug } = useOrg()
  const form = useConnectForm({ network, method, account, kept })
  const again = account ? 'Reconnect' : 'Connect'
  return (
    <ServerForm
      form={form}
      submit={method.kind === 'oauth' ? `Go to ${hostless(network.name)}` : again}
      label={again}
      kept="Nothing was connected; what you typed is still here."
      actions={
        <ButtonLink
          to={account ? '/o/$slug/accounts/$accountId' : '/o/$slug/accounts'}
          params={{ slug, accountId: account?.id ?? '' }}
          variant="subtle"
          color="gray"
        >
          Cancel
        </ButtonLink>
      }
    >
      {method.fields.map((field) => (
        <Question key={field.name} field={field} form={form} />
      ))}
    </ServerForm>
  )
}

const hostless = (name: string): string => (name.length > 24 ? 'the network' : name)

function useConnectForm({ network, method, account, kept }: ConnectFormProps): ServerFormState<Values> {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const form: ServerFormState<Values> = useServerForm<Values, Account | null>({
    initialValues: Object.fromEntries(
      method.fields.map((field) => [field.name, kept[field.name] ?? begin(field, account)]),
    ),
    validate: (values) =>
      Object.fromEntries(
        method.fields.map(({ name, label }) => [name, values[name]?.trim() ? null : `${label} is needed.`]),
      ),
    fieldNames: Object.fromEntries(method.fields.map(({ name }) => [`values.${name}`, name])),
    send: async (values) => {
      const input = { org: org.id, connector: network.id, method: method.id, values, accountId: account?.id }
      try {
        if (method.kind === 'fields') return await client.accounts.connect(input)
        const { url } = await client.accounts.authorise(input)
        keepAttempt({
          slug: org.slug,
          network: network.id,
          method: method.id,
          account: account?.id,
          values: open(method, values),
        })
        return await leaveFor(url)
      } catch (error) {
        const facts = inWords(refusalOf(error), network.name)
        forgetRefusedSecret(form, method, facts.field)
        throw new Refused(facts)
      }
    },
    done: async (connected) => {
      if (!connected) return
      forgetAttempt()
      await refresh(queryClient, api.accounts, api.sources, api.events)
      const params = { slug: org.slug, accountId: connected.id }
      await navigate({ to: '/o/$slug/accounts/$accountId', params, search: { connected: '1' } })
    },
  })
  return form
}

/** For an account that is known, its server and its name there are known too. */
function begin({ name, type, initial }: Field, account: Account | undefined): string {
  if (account?.publishes && (type === 'url' || name === 'server')) return account.server
  if (account && (name === 'handle' || name === 'identifier')) return account.handle
  return initial ?? ''
}

/** What may be remembered: everything but secrets. */
const open = (method: Method, values: Values): Values =>
  Object.fromEntries(
    method.fields.filter(({ type }) => type !== 'secret').map(({ name }) => [name, values[name] ?? '']),
  )

/** A secret that was refused is typed anew; one that was not even looked at stays. */
function forgetRefusedSecret(form: ServerFormState<Values>, method: Method, refused: string | undefined): void {
  const field = method.fields.find(({ name, type }) => type === 'secret' && `values.${name}` === refused)
  if (field) form.values.setFieldValue(field.name, '')
}

/** The page is being left: the button goes on turning until then. */
function leaveFor(url: string): Promise<null> {
  const address = webAddress(url)
  if (!address) throw new Refused({ code: 'network-refused', params: { code: 'redirect-refused' } })
  window.location.assign(address)
  return new Promise(() => {})
}

function Question({ field, form }: { field: Field; form: ServerFormState<Values> }) {
  const { name, label, type, help, placeholder } = field
  const shared = { label, description: help, placeholder, required: true, withAsterisk: false, ...form.field(name) }
  if (type === 'secret') {
    // `new-password` keeps browsers from filling in the password for Longrun itself.
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': `Show or hide: ${label}`, tabIndex: 0 }}
      />
    )
  }
  return (
    <TextInput
      {...shared}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      inputMode={type === 'url' ? 'url' : undefined}
    />
  )
}
