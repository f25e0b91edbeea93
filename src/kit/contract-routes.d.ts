// Types of the module that vite.config.ts makes from the contract: methods and paths, no schemas.

declare module 'virtual:contract-routes' {
  import type { AnyContractRouter } from '@orpc/contract'
  export const contractRoutes: AnyContractRouter
}
