// Joining by invitation: a new person chooses name and password, a known one signs in and accepts.

import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, client, type Output } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { roleWords } from '../../kit/words.ts'
import { openSession, useGoOn } from './after-sign-in.ts'

const route = getRouteApi('/outside/join/$secret')

type Offer = Output<typeof client.joining.read>

export function JoinPage() {
  const { secret } = route.useParams()
  const offer = useQuery(api.joining.read.queryOptions({ input: { secret } }))
  return (
    <AppPage title={offer.data ? `Join ${offer.data.organisation}` : 'Invitation'} width="narrow">
      {offer.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={offer.error} />
      {offer.data && (
        <div className="lr-panel">
          <Stack gap="md">
            <Text size="sm">
              You are invited as <b>{roleWords[offer.data.role].label}</b>, with the address {offer.data.email}.{' '}
              {roleWords[offer.data.role].does} The invitation ends <TimeText at={offer.data.expiresAt} relative />.
            </Text>
            {offer.data.hasUser ? (
              <AcceptAsUser secret={secret} offer={offer.data} />
            ) : (
              <NewUserForm secret={secret} offer={offer.data} />
            )}
          </Stack>
        </div>
      )}
    </AppPage>
  )
}

function NewUserForm({ secret, offer }: { secret: string; offer: Offer }) {
  const goOn = useGoOn()
  const form = useServerForm({
    initialValues: { name: '', password: '' },
    validate: ({ name, password }) => ({ name: wants.text(name, 'Your name'), password: wants.newPassword(password) }),
    send: (values) => client.joining.accept({ secret, ...values }),
    done: async ({ organisation }, { password }) => {
      await openSession(offer.email, password)
      await goOn(`/o/${organisation.slug}/today`)
    },
  })
  return (
    <ServerForm form={form} submit="Join" label="Join" fullWidth>
      <TextInput label="Your name" autoComplete="name" autoFocus {...form.field('name')} />
      <TextInput label="E-mail address" value={offer.email} autoComplete="username" readOnly />
      <PasswordInput
        label="Password"
        description="At least 10 characters."
        autoComplete="new-password"
        {...form.field('password')}
      />
    </ServerForm>
  )
}

/** The server takes the invitation only from the person it is for. */
function AcceptAsUser({ secret, offer }: { secret: string; offer: Offer }) {
  const goOn = useGoOn()
  const me = useQuery(api.me.read.queryOptions({ retry: false }))
  const accept = useMutation(
    api.joining.accept.mutationOptions({ onSuccess: ({ organisation }) => goOn(`/o/${organisation.slug}/today`) }),
  )
  if (me.isPending) return <LoadingRows rows={1} />
  if (me.data?.user.email !== offer.email) {
    return (
      <>
        <Text size="sm">
          {me.data
            ? `You are signed in as ${me.data.user.email}, but the invitation is for ${offer.email}.`
            : `There is already an account for ${offer.email}.`}
        </Text>
        <ButtonLink to="/sign-in" search={{ to: `/join/${secret}` }}>
          Sign in to join
        </ButtonLink>
      </>
    )
  }
  return (
    <>
      <ErrorPanel error={accept.error} />
      <Button loading={accept.isPending} onClick={() => accept.mutate({ secret })}>
        Join as {me.data.user.name}
      </Button>
    </>
  )
}
