// The commands of the command line.

import { start } from './start.ts'

export interface Invocation {
  args: string[]
  role: string
  env: Record<string, string | undefined>
}

/** Answers the exit code. */
export type Command = (invocation: Invocation) => Promise<number>

export const commands: Record<string, Command> = { start }
