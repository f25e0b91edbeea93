// Making or changing a rule: when it holds, and what follows.

import { Checkbox, Modal, MultiSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { saidKinds } from '../../../connectors/converse.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { intents, sentiments } from '../../../listening/text/types.ts'
import { stateWords } from '../../../listening/ui/people/people-words.ts'
import type { Priority } from '../../promises/types.ts'
import { choicesOf, type NamedRule, priorityChoices } from './routing-words.ts'
import { actionLine, conditionLine } from './rule-words.ts'
import { useChoices, useNames } from './use-names.ts'
import './routing.css'

interface RuleFormProps {
  rule: NamedRule | null
  close: () => void
  done: (rule: NamedRule) => void
}

const empty: NamedRule['rule'] = {
  name: '',
  conditions: {
    ...{ accountIds: [], saidAs: [], intents: [], sentiments: [], languages: [], words: [] },
    ...{ topicIds: [], authorStates: [], campaignIds: [] },
  },
  actions: { departmentId: null, requiredSkills: [], additionalSkills: [], priority: null, tags: [] },
  afterwards: 'stop',
}

const authorStates = Object.entries(stateWords).map(([value, { label }]) => ({ value, label }))

export function RuleForm({ rule: given, close, done }: RuleFormProps) {
  const [rule, setRule] = useState(given?.rule ?? empty)
  const nameOf = useNames()
  const named = { id: given?.id ?? '', rule }
  const follows = Object.values(rule.actions).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null,
  )
  return (
    <Modal opened onClose={close} title={given ? `Change ${given.rule.name}` : 'A new rule'} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (rule.name.trim() && follows) done({ id: given?.id ?? crypto.randomUUID(), rule })
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            maxLength={120}
            value={rule.name}
            onChange={({ currentTarget: { value } }) => setRule({ ...rule, name: value })}
            data-autofocus
          />
          <Conditions
            rule={rule}
            set={(change) => setRule({ ...rule, conditions: { ...rule.conditions, ...change } })}
          />
          <Actions rule={rule} set={(change) => setRule({ ...rule, actions: { ...rule.actions, ...change } })} />
          <Checkbox
            label="Ask later rules too"
            description="They may add what this one leaves open, such as a language that is needed."
            checked={rule.afterwards === 'go-on'}
            onChange={({ currentTarget: { checked } }) => setRule({ ...rule, afterwards: checked ? 'go-on' : 'stop' })}
          />
          <p className="ro-facts" role="status">
            {conditionLine(named, nameOf)} {follows ? actionLine(named, nameOf) : 'Say what follows.'}
          </p>
          <DialogActions close={close} action="Keep the rule" disabled={!rule.name.trim() || !follows} />
        </Stack>
      </form>
    </Modal>
  )
}

type Rule = NamedRule['rule']

interface ConditionsProps {
  rule: Rule
  set: (change: Partial<Rule['conditions']>) => void
}

function Conditions({ rule: { conditions }, set }: ConditionsProps) {
  const choices = useChoices()
  type Ids = 'accountIds' | 'topicIds' | 'campaignIds'
  const ids = (name: Ids, label: string, data: { value: string; label: string }[]) =>
    (data.length > 0 || conditions[name].length > 0) && (
      <MultiSelect
        label={label}
        searchable
        clearable
        data={data}
        value={conditions[name]}
        onChange={(value) => set({ [name]: value })}
      />
    )
  return (
    <fieldset className="ro-fieldset">
      <legend>When</legend>
      <p className="ro-facts">
        All that you fill in must hold; of several in one field one is enough. Nothing: always.
      </p>
      <TagsInput
        label="It says"
        description="Words or phrases. A star stands for any letters: refund*"
        value={conditions.words}
        onChange={(value) => set({ words: value })}
      />
      <MultiSelect
        label="It is meant as"
        clearable
        data={choicesOf(intents)}
        value={conditions.intents}
        onChange={(value) => set({ intents: value as Rule['conditions']['intents'] })}
      />
      <MultiSelect
        label="Mood"
        clearable
        data={choicesOf(sentiments)}
        value={conditions.sentiments}
        onChange={(value) => set({ sentiments: value as Rule['conditions']['sentiments'] })}
      />
      <TagsInput
        label="Language"
        description="Such as es; pt holds for pt-BR too."
        value={conditions.languages}
        onChange={(value) => set({ languages: value })}
      />
      <MultiSelect
        label="It came as"
        clearable
        data={choicesOf(saidKinds)}
        value={conditions.saidAs}
        onChange={(value) => set({ saidAs: value as Rule['conditions']['saidAs'] })}
      />
      <MultiSelect
        label="Whoever says it is"
        description="As listening knows people who speak of you."
        clearable
        data={authorStates}
        value={conditions.authorStates}
        onChange={(value) => set({ authorStates: value as Rule['conditions']['authorStates'] })}
      />
      {ids('accountIds', 'To the account', choices.accounts)}
      {ids('topicIds', 'About the topic', choices.topics)}
      {ids('campaignIds', 'Under posts of the campaign', choices.campaigns)}
    </fieldset>
  )
}

interface ActionsProps {
  rule: Rule
  set: (change: Partial<Rule['actions']>) => void
}

function Actions({ rule: { actions }, set }: ActionsProps) {
  const choices = useChoices()
  return (
    <fieldset className="ro-fieldset">
      <legend>What follows</legend>
      <Select
        label="It goes to"
        placeholder="No department"
        clearable
        data={choices.departments}
        value={actions.departmentId}
        onChange={(departmentId) => set({ departmentId })}
      />
      <Select
        label="Priority"
        placeholder="As it is"
        clearable
        data={priorityChoices}
        value={actions.priority}
        onChange={(value) => set({ priority: value as Priority | null })}
      />
      <TagsInput
        label="It needs somebody who knows"
        description="Never given up: until such a person is there, it waits."
        value={actions.requiredSkills}
        onChange={(value) => set({ requiredSkills: value })}
      />
      <TagsInput
        label="Better somebody who knows"
        description="Given up one by one when nobody has it in time, the last one first."
        value={actions.additionalSkills.map(({ skill }) => skill)}
        onChange={(value) =>
          set({ additionalSkills: value.map((skill, at) => ({ skill, priority: Math.max(1, 10 - at) })) })
        }
      />
      <TagsInput label="Tags" value={actions.tags} onChange={(value) => set({ tags: value })} />
    </fieldset>
  )
}
