// Why somebody decides something: a few lines that stay to be read.

import { Textarea, type TextareaProps } from '@mantine/core'

/** `<ReasonField description="Whoever asked reads it." {...form.field('reason')} />` */
export const ReasonField = (props: TextareaProps) => (
  <Textarea label="Why" autosize minRows={2} maxLength={2000} {...props} />
)
