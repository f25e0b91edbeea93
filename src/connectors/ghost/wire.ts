// The parts of Ghost's answers that we read, and what we keep about a site.

import { z } from 'zod'

export const siteSchema = z.object({
  site: z.object({
    title: z.string(),
    url: z.string(),
    version: z.string(),
    icon: z.string().nullish(),
    logo: z.string().nullish(),
  }),
})

const postSchema = z.object({
  id: z.string(),
  slug: z.string(),
  status: z.string(),
  url: z.string().nullish(),
  updated_at: z.string(),
})
export type RemotePost = z.infer<typeof postSchema>
export const postsSchema = z.object({ posts: z.array(postSchema) })
export const onePostSchema = z.object({ posts: z.tuple([postSchema]) })
export const postFields = 'id,slug,status,url,updated_at'

export const imagesSchema = z.object({ images: z.tuple([z.object({ url: z.string() })]) })

export const errorSchema = z.object({
  errors: z
    .array(
      z.object({
        type: z.string(),
        code: z.string().nullish(),
        property: z.string().nullish(),
        /** `Value in [posts.title] exceeds …` where the database's own rules refuse. */
        context: z.string().nullish(),
        details: z
          .array(z.object({ instancePath: z.string() }))
          .nullish()
          .catch(null),
      }),
    )
    .min(1),
})
export type RemoteError = z.infer<typeof errorSchema>['errors'][number]

/** What Longrun stores about a site. */
export const instanceSchema = z.object({
  /** The address at which the Admin API answers, which may differ from the site's own; without a trailing slash. */
  base: z.string(),
  title: z.string(),
  version: z.string(),
})
export type Instance = z.infer<typeof instanceSchema>
