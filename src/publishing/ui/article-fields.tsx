// Fields that only some networks have: title, excerpt, tags, address and feature image of an article; first comment; language.

import { Button, FileButton, Group, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconPhotoPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { Limits } from '../../connectors/contract.ts'
import { api, refresh } from '../../kit/api.ts'
import { showProblem } from '../../kit/toast.tsx'
import { uploadMedia } from '../../media/ui/upload.ts'
import { useComposer } from './composer-context.ts'
import { Counters } from './counter.tsx'
import { CropButton } from './crop-button.tsx'
import { acceptedImages, draftMediaOf } from './draft-media.ts'
import { FieldIssues, hasError, useFieldIssues } from './field-issues.tsx'
import { languages } from './languages.ts'
import { MediaThumb } from './media-item.tsx'

type Field = 'title' | 'excerpt' | 'tags' | 'slug' | 'featured' | 'firstComment' | 'language'

/** A field is shown where a network offers it, and where something stands in it, so that nothing is hidden. */
function useShown(): (field: Field) => boolean {
  const { concerned, words } = useComposer()
  return (field) =>
    concerned.some((account) => limitsOf(account)[field] !== undefined) ||
    Boolean(Array.isArray(words[field]) ? words[field].length : words[field])
}

export function TitleField() {
  const { words, edit, closed } = useComposer()
  const wrong = hasError(useFieldIssues('title'))
  if (!useShown()('title')) return null
  return (
    <div>
      <TextInput
        label="Title"
        size="md"
        maxLength={1000}
        value={words.title ?? ''}
        error={wrong}
        disabled={closed !== null}
        onChange={({ currentTarget: { value } }) => edit((before) => ({ ...before, title: value }))}
      />
      <FieldIssues field="title" />
    </div>
  )
}

export function MoreFields() {
  const { words, edit, closed } = useComposer()
  const shown = useShown()
  const disabled = closed !== null
  return (
    <>
      {shown('firstComment') && (
        <LongField
          name="firstComment"
          label="First comment"
          description="Answers the post right after it is out."
          most={100_000}
          maxOf={(limits) => limits.firstComment?.max}
        />
      )}
      {shown('excerpt') && (
        <LongField name="excerpt" label="Excerpt" most={5000} maxOf={(limits) => limits.excerpt?.max} />
      )}
      {shown('featured') && <FeaturedField />}
      {shown('tags') && (
        <div>
          <TagsInput
            label="Tags"
            placeholder="Type one and press Enter"
            maxTags={50}
            disabled={disabled}
            value={words.tags ?? []}
            onChange={(tags) => edit((before) => ({ ...before, tags: tags.map((tag) => tag.slice(0, 100)) }))}
          />
          <FieldIssues field="tags" inside />
        </div>
      )}
      {shown('slug') && (
        <div>
          <TextInput
            label="Address"
            description="The last part of the article’s address. Empty: made from the title."
            maxLength={200}
            disabled={disabled}
            value={words.slug ?? ''}
            onChange={({ currentTarget: { value } }) => edit((before) => ({ ...before, slug: value }))}
          />
          <FieldIssues field="slug" />
        </div>
      )}
      {shown('language') && (
        <div>
          <Select
            label="Language"
            placeholder="Not stated"
            searchable
            clearable
            data={languages}
            disabled={disabled}
            value={words.language ?? null}
            onChange={(language) => edit((before) => ({ ...before, language: language ?? undefined }))}
            maw={280}
          />
          <FieldIssues field="language" />
        </div>
      )}
    </>
  )
}

interface LongFieldProps {
  name: 'firstComment' | 'excerpt'
  label: string
  description?: string
  most: number
  maxOf: (limits: Limits) => number | undefined
}

function LongField({ name, label, description, most, maxOf }: LongFieldProps) {
  const { words, edit, closed } = useComposer()
  const wrong = hasError(useFieldIssues(name))
  const text = words[name] ?? ''
  return (
    <div>
      <Textarea
        label={label}
        description={description}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={most}
        error={wrong}
        disabled={closed !== null}
        value={text}
        onChange={({ currentTarget: { value } }) => edit((before) => ({ ...before, [name]: value }))}
      />
      {text !== '' && <Counters text={text} maxOf={maxOf} />}
      <FieldIssues field={name} />
    </div>
  )
}

function FeaturedField() {
  const { words, edit, closed, orgId } = useComposer()
  const queryClient = useQueryClient()
  const [share, setShare] = useState<number | null>(null)
  const { featured } = words
  const add = async (file: File | null) => {
    if (!file) return
    setShare(0)
    try {
      const media = await uploadMedia(orgId, file, { progress: setShare, signal: new AbortController().signal })
      edit((before) => ({ ...before, featured: draftMediaOf(media) }))
      void refresh(queryClient, api.media)
    } catch (error) {
      showProblem(error, 'The picture was not added')
    } finally {
      setShare(null)
    }
  }
  return (
    <fieldset className="cp-card-field" disabled={closed !== null}>
      <legend>Feature image</legend>
      {featured ? (
        <Group align="flex-start" gap="sm" wrap="nowrap">
          <MediaThumb item={featured} orgId={orgId} />
          <div className="cp-media-words">
            <Textarea
              label="Describe the picture"
              size="xs"
              autosize
              maxLength={5000}
              value={featured.alt}
              onChange={({ currentTarget: { value } }) =>
                edit((before) => ({ ...before, featured: { ...featured, alt: value } }))
              }
            />
            <Group gap={4}>
              <CropButton
                item={featured}
                label="Crop the feature image"
                setCrop={(crop) => edit((before) => ({ ...before, featured: { ...featured, crop } }))}
              />
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconTrash size={16} />}
                onClick={() => edit(({ featured: _, ...before }) => before)}
              >
                Take it out
              </Button>
            </Group>
          </div>
        </Group>
      ) : (
        <FileButton onChange={(file) => void add(file)} accept={acceptedImages}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconPhotoPlus size={16} />}
              loading={share !== null}
            >
              Add a feature image
            </Button>
          )}
        </FileButton>
      )}
      <FieldIssues field="featured" inside />
    </fieldset>
  )
}
