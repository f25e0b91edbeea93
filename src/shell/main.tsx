// Entry of the web app: theme, words at the edge, queries and routes around one root.

import '../kit/styles.ts'
import './shell.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ConfirmProvider } from '../kit/confirm-dialog.tsx'
import { createQueryClient } from '../kit/query-client.ts'
import { ShortcutProvider } from '../kit/shortcuts.tsx'
import { cssVariables, theme } from '../kit/theme.ts'
import { askAhead, createAppRouter } from './router.ts'

const queryClient = createQueryClient()
const router = createAppRouter(queryClient)
askAhead(router, queryClient)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} transitionDuration={120} />
        <ShortcutProvider>
          <ConfirmProvider>
            <RouterProvider router={router} />
          </ConfirmProvider>
        </ShortcutProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
