// The commands of the command line.

import { audit } from './audit.ts'
import { backup } from './backup.ts'
import { practice } from './practice.ts'
import { reseal } from './reseal.ts'
import { restore } from './restore.ts'
import { start } from './start.ts'

export interface Invocation {
  /** What stands behind its name; each reads its own options. */
  args: string[]
  env: Record<string, string | undefined>
}

/** Answers the exit code. */
export type Command = (invocation: Invocation) => Promise<number>

export const commands: Record<string, Command> = {
  start,
  backup,
  restore,
  reseal,
  audit,
  practice,
  // Its tables take 200 MB while they are read: only who asks for it loads them.
  classify: async (invocation) => (await import('./classify.ts')).classifyLines(invocation),
}
