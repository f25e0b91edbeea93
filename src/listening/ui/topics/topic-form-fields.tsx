// The form of a topic: names, what must stand with them, what is left out; other spellings are offered beside them.

import { Button, MultiSelect, NumberInput, Switch, TagsInput } from '@mantine/core'
import { useMemo } from 'react'
import type { TopicForm, VariantKind } from '../../topics/language/form/types.ts'
import { usualNoise, variantsOf } from '../../topics/language/starters/rules.ts'
import type { TopicKind } from '../../topics/types.ts'
import { languageWord } from '../listen-words.ts'
import '@mantine/core/styles/NumberInput.css'

const languages = 'en de fr es it pt nl pl sv da no fi cs tr ru uk ar he hi ja ko zh th vi id'.split(' ')
const media = [
  { value: 'image', label: 'With a picture' },
  { value: 'video', label: 'With a video' },
  { value: 'link', label: 'With a link' },
]

interface Props {
  kind: TopicKind
  form: TopicForm
  change: (form: TopicForm) => void
}

export function TopicFormFields({ kind, form, change }: Props) {
  const set = (part: Partial<TopicForm>) => change({ ...form, ...part })
  const tags = { splitChars: [',', '\n', ';'], acceptValueOnBlur: true, clearable: true }
  return (
    <div className="li-form">
      <TagsInput
        {...tags}
        label="Any of these"
        description="Names, phrases, #tags, @names, web addresses. Enter after each."
        value={form.any}
        onChange={(any) => set({ any })}
      />
      <Spellings kind={kind} form={form} add={(item) => set({ any: [...form.any, item] })} />
      <TagsInput
        {...tags}
        label="And one of these"
        description="What is said with it when it is meant: for “Air” perhaps shoe, run, trail."
        value={form.context}
        onChange={(context) => set({ context })}
      />
      {form.context.length > 0 && (
        <div className="li-within">
          <Switch
            label="Near the name"
            checked={form.within !== null}
            onChange={(event) => set({ within: event.currentTarget.checked ? 10 : null })}
          />
          {form.within !== null && (
            <NumberInput
              aria-label="Words between at most"
              suffix=" words between at most"
              size="xs"
              min={0}
              max={50}
              value={form.within}
              onChange={(value) => set({ within: typeof value === 'number' ? value : 10 })}
            />
          )}
        </div>
      )}
      <TagsInput {...tags} label="And each of these" value={form.all} onChange={(all) => set({ all })} />
      <TagsInput {...tags} label="None of these" value={form.none} onChange={(none) => set({ none })} />
      <Offers
        label="Often left out"
        items={usualNoise[kind].filter((item) => !form.none.includes(item)).map((item) => ({ item }))}
        add={(item) => set({ none: [...form.none, item] })}
      />
      <MultiSelect
        label="Languages"
        placeholder={form.languages.length === 0 ? 'All' : undefined}
        searchable
        clearable
        data={[...new Set([...languages, ...form.languages])].map((value) => ({ value, label: languageWord(value) }))}
        value={form.languages}
        onChange={(next) => set({ languages: next })}
      />
      <MultiSelect
        label="Only"
        placeholder={form.has.length === 0 ? 'Everything' : undefined}
        clearable
        data={media}
        value={form.has}
        onChange={(has) => set({ has: has as TopicForm['has'] })}
      />
      <Switch
        label="Count what is passed on unchanged"
        checked={form.reposts}
        onChange={(event) => set({ reposts: event.currentTarget.checked })}
      />
    </div>
  )
}

const variantWords: Record<VariantKind, string> = {
  tag: 'as a tag',
  joined: 'in one word',
  apart: 'in two words',
  plural: 'more than one',
  slip: 'a slip',
  domain: 'address',
  handle: 'name',
}

function Spellings({ kind, form, add }: { kind: TopicKind; form: TopicForm; add: (item: string) => void }) {
  const offered = useMemo(() => {
    const taken = new Set(form.any.map((item) => item.toLowerCase()))
    return (
      form.any
        .slice(0, 3)
        .flatMap(variantsOf)
        .filter((each) => !taken.has(each.item.toLowerCase()))
        // Names are mistyped by those who read them once; the words of a field are not.
        .filter((each) => kind !== 'industry' || each.kind !== 'slip')
        .slice(0, 8)
        .map((each) => ({ item: each.item, why: variantWords[each.kind] }))
    )
  }, [form.any, kind])
  return <Offers label="Also written" items={offered} add={add} />
}

interface OffersProps {
  label: string
  items: { item: string; why?: string }[]
  add: (item: string) => void
}

/** Taken with one click, never by themselves. */
export function Offers({ label, items, add }: OffersProps) {
  if (items.length === 0) return null
  return (
    <fieldset className="li-offers">
      <legend>{label}</legend>
      {items.map(({ item, why }) => (
        <Button key={item} variant="default" size="compact-xs" title={why} onClick={() => add(item)}>
          + {item}
        </Button>
      ))}
    </fieldset>
  )
}
