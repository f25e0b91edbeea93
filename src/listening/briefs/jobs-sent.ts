// The job that verbs of listening briefs bring to mind.

import { z } from 'zod'

export const sendBriefMails = { name: 'listening.mail-briefs', payload: z.object({}) }
