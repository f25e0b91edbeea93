// Forms that speak with the server: a refusal goes to the field it names, any other above the button.
//
//   const form = useServerForm({ initialValues, validate, send: (values) => client.departments.add({ org, ...values }), done })
//   <ServerForm form={form} submit="Add department"> <TextInput label="Name" {...form.field('name')} /> </ServerForm>

import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { refusalOf } from './api.ts'
import { DialogActions } from './dialog-actions.tsx'
import { ErrorPanel } from './error-panel.tsx'
import { fieldWords } from './words.ts'

interface FormPlan<Values extends Record<string, unknown>, Result> {
  initialValues: Values
  validate?: (values: Values) => { [Name in keyof Values]?: string | null }
  send: (values: Values) => Promise<Result>
  done?: (result: Result, values: Values) => void | Promise<void>
  /** Names of refused input which this form calls otherwise: `{ 'content.title': 'title' }`. */
  fieldNames?: Record<string, string>
  /** Fields of refusals that name none: `{ 'invalid-password': 'password' }`. */
  fieldOfCode?: Record<string, keyof Values & string>
}

type MantineForm<Values extends Record<string, unknown>> = ReturnType<typeof useForm<Values>>

export interface ServerFormState<Values extends Record<string, unknown>> {
  values: MantineForm<Values>
  /** Value, change handler, name and error of one field. */
  field: (
    name: keyof Values & string,
    options?: { type: 'checkbox' },
  ) => ReturnType<MantineForm<Values>['getInputProps']>
  submit: (event: FormEvent<HTMLFormElement>) => void
  sending: boolean
  /** A refusal that belongs to no field here. */
  error: unknown
  reset: () => void
}

export function useServerForm<Values extends Record<string, unknown>, Result>(
  plan: FormPlan<Values, Result>,
): ServerFormState<Values> {
  const values = useForm<Values>({ initialValues: plan.initialValues, validate: plan.validate })
  const ownField = (error: unknown): string | null => {
    const { code, field } = refusalOf(error)
    // A field of one row, such as `phases.0.endsOn`, or of a group, such as `values.server`, has its own place.
    const [root, row] = field?.split('.') ?? []
    const rows = root === undefined ? undefined : values.getValues()[root]
    if (field && row !== undefined && isInside(rows, row)) return field
    // One of several values of a field, such as `domains.2`, is shown at that field.
    const names = [plan.fieldOfCode?.[code], field && (plan.fieldNames?.[field] ?? field), field?.split('.')[0]]
    return names.find((name): name is string => Boolean(name) && Object.hasOwn(plan.initialValues, name!)) ?? null
  }
  const mutation = useMutation({
    mutationFn: plan.send,
    onSuccess: async (result, sent) => plan.done?.(result, sent),
    onError: (error) => {
      const name = ownField(error)
      if (!name) return
      values.setFieldError(name, fieldWords(refusalOf(error)))
      focusField(name)
    },
  })
  return {
    values,
    field: (name, options) => {
      const props = values.getInputProps(name, options)
      // Password fields do not say this by themselves.
      return { name, ...props, 'aria-invalid': props.error ? true : undefined }
    },
    submit: values.onSubmit(
      (sent) => mutation.mutate(sent),
      (errors) => focusField(Object.keys(errors)[0]),
    ),
    sending: mutation.isPending,
    error: mutation.error && !ownField(mutation.error) ? mutation.error : null,
    reset: () => {
      values.reset()
      mutation.reset()
    },
  }
}

const focusField = (name: string | undefined) => {
  if (name) requestAnimationFrame(() => document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus())
}

interface ServerFormProps<Values extends Record<string, unknown>> {
  form: ServerFormState<Values>
  submit: string
  children: ReactNode
  /** Beside the button, such as Cancel. */
  actions?: ReactNode
  /** In a dialog: its way back, at the foot with the button. */
  close?: () => void
  label?: string
  fullWidth?: boolean
  /** What a refusal says about what was kept; null where there is nothing to keep. */
  kept?: string | null
}

export function ServerForm<Values extends Record<string, unknown>>({
  form,
  submit,
  children,
  actions,
  close,
  label,
  fullWidth,
  kept = 'Nothing was changed; what you typed is still here.',
}: ServerFormProps<Values>) {
  return (
    <form onSubmit={form.submit} noValidate aria-label={label}>
      <Stack gap="md">
        {children}
        <ErrorPanel error={form.error} kept={kept ?? undefined} />
        {close ? (
          <DialogActions close={close} action={submit} working={form.sending}>
            {actions}
          </DialogActions>
        ) : (
          <Group gap="xs">
            <Button type="submit" loading={form.sending} fullWidth={fullWidth}>
              {submit}
            </Button>
            {actions}
          </Group>
        )}
      </Stack>
    </form>
  )
}

/** Checks that many forms share; each answers the sentence, or null. */
export const wants = {
  text: (value: string, what: string): string | null => (value.trim() ? null : `${what} is needed.`),
  /** Why something is done: a word alone says nothing to those who read it later. */
  sentence: (value: string): string | null => (value.trim().length < 10 ? 'A sentence that says why is needed.' : null),
  email: (value: string): string | null =>
    /^\S+@\S+\.\S+$/.test(value.trim()) ? null : 'An e-mail address like name@example.org is needed.',
  newPassword: (value: string): string | null => (value.length >= 10 ? null : 'Use at least 10 characters.'),
}

const isInside = (group: unknown, name: string): boolean =>
  Array.isArray(group)
    ? typeof group[Number(name)] === 'object'
    : typeof group === 'object' && group !== null && Object.hasOwn(group, name)
