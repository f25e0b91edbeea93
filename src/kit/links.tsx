// Mantine's buttons and anchors as typed links of the router.
//
//   <ButtonLink to="/o/$slug/posts/$postId" params={{ slug, postId }}>Open</ButtonLink>

import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Native<Props> = Props &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { ref?: Ref<HTMLAnchorElement> }

export const ButtonLink = createLink((props: Native<ButtonProps>) => <Button component="a" {...props} />)
/** As large and as heavy as the words around it, unless it is given a size. */
export const TextLink = createLink((props: Native<AnchorProps>) => (
  <Anchor inherit={props.size === undefined} {...props} />
))
