// The command line: finds the command, and turns how it ends into words and an exit code.

import { commands } from './commands/index.ts'
import { SetupError } from './config.ts'
import { log } from './lib/log.ts'

const usage = `longrun start [--role all|web|worker]   run Longrun
longrun backup FILE [--with-key]        write everything into one file, also while Longrun runs
longrun restore FILE                    fill an empty installation from such a file
longrun reseal                          seal every secret with the newest of LONGRUN_SECRETS
longrun audit verify                    check the chain of the event log
longrun practice                       run a small network to try Longrun with
longrun classify < FILE                 what Longrun understands of texts, one a line; docs/guide/understanding.md`

async function main(): Promise<number> {
  const [asked = 'start', ...rest] = process.argv.slice(2)
  // `longrun --role web` starts too.
  const [name, args] = asked.startsWith('-') ? ['start', [asked, ...rest]] : [asked, rest]
  const help = args.includes('--help') || args.includes('-h')
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (help || !command) {
    process.stderr.write(`${usage}\n`)
    return help ? 0 : 2
  }
  return command({ args, env: process.env })
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    // What another program ended with is a number.
    if (error instanceof SetupError || String(error?.code).startsWith('ERR_PARSE_ARGS'))
      process.stderr.write(`${error.message}\n`)
    else log.error('Longrun stopped because of a fault of its own', { error })
    process.exit(1)
  },
)
