// Stock and freshness over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { stockContract } from './contract.ts'
import { livesOfPost, readEvergreen, readLiving } from './read-lives.ts'
import { readLowStock, readStock } from './read-stock.ts'
import { changeSettings } from './settings.ts'
import { setShelfLife, shelfLives } from './shelf-lives.ts'

const os = serve(stockContract)

export const stockRoutes = os.router({
  stock: {
    read: os.stock.read.handler(({ context: { services, caller } }) => readStock(services, caller)),
    low: os.stock.low.handler(({ context: { services, caller } }) => readLowStock(services, caller)),
    evergreen: os.stock.evergreen.handler(({ context: { services, caller }, input }) =>
      readEvergreen(services, caller, input),
    ),
    living: os.stock.living.handler(({ context: { services, caller }, input }) => readLiving(services, caller, input)),
    lives: os.stock.lives.handler(({ context: { services, caller }, input }) =>
      livesOfPost(services, caller, input.id),
    ),
    settings: os.stock.settings.handler(({ context: { services, caller }, input }) =>
      changeSettings(services, caller, input),
    ),
    shelfLives: os.stock.shelfLives.handler(({ context: { services, caller } }) => shelfLives(services, caller)),
    setShelfLife: os.stock.setShelfLife.handler(({ context: { services, caller }, input }) =>
      setShelfLife(services, caller, input),
    ),
  },
})
