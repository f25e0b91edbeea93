// Settings that only one network has, as a plain form made from the network's own description of them.

import { MultiSelect, NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Account } from '../../accounts/ui/use-accounts.ts'
import type { Json } from '../../connectors/contract.ts'
import { useComposer } from './composer-context.ts'
import { type Options, setOptions } from './composition.ts'
import { FieldIssues } from './field-issues.tsx'
import { initialOf, labelOf, plainSchema, type SettingSchema } from './json-schema.ts'
import '@mantine/core/styles/NumberInput.css'

/** The settings of every account that is edited now and has some. */
export function OptionFields() {
  const { concerned, accounts } = useComposer()
  const withOptions = concerned.filter(
    (account) => Object.keys(schemaOf(accounts.network(account)?.options).properties ?? {}).length > 0,
  )
  return withOptions.map((account) => (
    <AccountOptions key={account.id} account={account} schema={schemaOf(accounts.network(account)?.options)} />
  ))
}

const schemaOf = (options: Record<string, unknown> | null | undefined): SettingSchema =>
  (options ?? {}) as SettingSchema

function AccountOptions({ account, schema }: { account: Account; schema: SettingSchema }) {
  const { composition, update, accounts, locked } = useComposer()
  const values = composition.options[account.id] ?? {}
  // Afterwards it is the person who opens and closes it.
  const [begunOpen] = useState(Object.keys(values).length > 0)
  const set = (name: string, value: Json | undefined) =>
    update((before) => {
      const { [name]: _, ...rest } = before.options[account.id] ?? {}
      return setOptions(before, account.id, value === undefined ? rest : { ...rest, [name]: value })
    })
  return (
    <details className="cp-options" open={begunOpen}>
      <summary>
        Settings of {accounts.networkOf(account)} <span className="lr-dimmed">{account.name}</span>
      </summary>
      <fieldset disabled={locked.has(account.id)}>
        <Stack gap="sm">
          {Object.entries(schema.properties ?? {}).map(([name, inner]) => (
            <OptionField
              key={name}
              name={name}
              path={`options.${name}`}
              schema={plainSchema(inner)}
              value={values[name]}
              set={(value) => set(name, value)}
            />
          ))}
        </Stack>
      </fieldset>
    </details>
  )
}

interface OptionFieldProps {
  name: string
  path: string
  schema: SettingSchema
  value: Json | undefined
  set: (value: Json | undefined) => void
}

function OptionField(props: OptionFieldProps) {
  const input = inputOf(props)
  return (
    input && (
      <div>
        {input}
        <FieldIssues field={props.path} inside={props.schema.type !== 'object'} />
      </div>
    )
  )
}

function inputOf({ name, path, schema, value, set }: OptionFieldProps) {
  const label = labelOf(name, schema)
  const { description } = schema
  const said = { label, description }
  if (schema.enum) {
    const chosen = (value ?? schema.default ?? null) as string | null
    return (
      <Select
        {...said}
        data={schema.enum.map((each) => ({ value: each, label: labelOf(each, {}) }))}
        value={chosen}
        allowDeselect={false}
        clearable={schema.default === undefined}
        onChange={(next) => set(next ?? undefined)}
        maw={320}
      />
    )
  }
  switch (schema.type) {
    case 'boolean':
      return (
        <Switch
          {...said}
          checked={Boolean(value ?? schema.default)}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    case 'string':
      return (
        <TextInput
          {...said}
          value={(value as string | undefined) ?? ''}
          maxLength={schema.maxLength}
          onChange={({ currentTarget: { value: next } }) => set(next === '' ? undefined : next)}
        />
      )
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...said}
          value={(value as number | undefined) ?? ''}
          min={schema.minimum}
          max={schema.maximum}
          allowDecimal={schema.type === 'number'}
          onChange={(next) => set(next === '' ? undefined : Number(next))}
          maw={200}
        />
      )
    case 'array':
      return <ListOption said={said} schema={schema} value={value} set={set} />
    case 'object':
      return <GroupOption label={label} path={path} schema={schema} value={value} set={set} />
  }
  return null
}

function ListOption({
  said,
  schema,
  value,
  set,
}: Pick<OptionFieldProps, 'schema' | 'value' | 'set'> & { said: { label: string; description?: string } }) {
  const items = (value as (string | number)[] | undefined) ?? []
  const keep = (next: (string | number)[]) => set(next.length > 0 ? next : undefined)
  const choices = schema.items?.enum
  if (choices)
    return (
      <MultiSelect
        {...said}
        data={choices.map((each) => ({ value: each, label: labelOf(each, {}) }))}
        value={items.map(String)}
        maxValues={schema.maxItems}
        onChange={keep}
        clearable
      />
    )
  const numeric = schema.items?.type === 'integer' || schema.items?.type === 'number'
  const change = (next: string[]) => keep(numeric ? next.map(Number).filter((each) => !Number.isNaN(each)) : next)
  return (
    <TagsInput
      {...said}
      placeholder={numeric ? 'Numbers, each with Enter' : 'Each with Enter'}
      value={items.map(String)}
      maxTags={schema.maxItems}
      onChange={change}
    />
  )
}

/** A group that may be absent as a whole, such as a poll: switched on and off. */
function GroupOption({ label, path, schema, value, set }: Omit<OptionFieldProps, 'name'> & { label: string }) {
  const group = value as Options | undefined
  return (
    <div className="cp-option-group">
      <Switch
        label={label}
        description={schema.description}
        checked={group !== undefined}
        onChange={(event) => set(event.currentTarget.checked ? (initialOf(schema) as Json) : undefined)}
      />
      {group && (
        <Stack gap="sm" mt="sm">
          {Object.entries(schema.properties ?? {}).map(([name, inner]) => (
            <OptionField
              key={name}
              name={name}
              path={`${path}.${name}`}
              schema={plainSchema(inner)}
              value={group[name]}
              set={(next) => {
                const { [name]: _, ...rest } = group
                set(next === undefined ? rest : { ...rest, [name]: next })
              }}
            />
          ))}
        </Stack>
      )}
    </div>
  )
}
