// Preload for Node servers that have no bind option: every listen on all addresses becomes one on 127.0.0.1.
import { Server } from 'node:net'

type Listen = (...args: unknown[]) => Server
type ListenOptions = { port?: unknown; host?: unknown; _handle?: unknown }

const everywhere: unknown[] = [undefined, '0.0.0.0', '::', 'localhost']
const original = Server.prototype.listen as Listen

function onLoopback(args: unknown[]): unknown[] {
  const [first, second, ...rest] = args
  if (typeof first === 'object' && first !== null) {
    const options = first as ListenOptions
    if (options.port === undefined || options._handle || !everywhere.includes(options.host)) return args
    return [{ ...options, host: '127.0.0.1' }, second, ...rest]
  }
  // Anything but a number is a path of a Unix socket, which nobody outside can reach.
  if (typeof first !== 'number' && !/^\d+$/.test(String(first))) return args
  if (typeof second !== 'string')
    return [Number(first), '127.0.0.1', second, ...rest].filter((arg) => arg !== undefined)
  return [Number(first), everywhere.includes(second) ? '127.0.0.1' : second, ...rest]
}

Server.prototype.listen = function listen(this: Server, ...args: unknown[]): Server {
  return original.apply(this, onLoopback(args))
} as typeof Server.prototype.listen
