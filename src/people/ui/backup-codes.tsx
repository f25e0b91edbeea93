// The backup codes, shown once: to be copied, saved or printed before going on.

import { Button, Checkbox, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { saveAsFile } from '../../kit/csv.ts'

export function BackupCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const [kept, setKept] = useState(false)
  return (
    <Stack gap="md">
      <Text size="sm">
        With one of these you can sign in when your device is not at hand. Each works once. They are shown only now.
      </Text>
      <SimpleGrid cols={2} spacing="xs" aria-label="Backup codes">
        {codes.map((code) => (
          <Code key={code} fz="sm">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => saveAsFile('longrun-backup-codes.txt', 'text/plain', `${codes.join('\n')}\n`)}
        >
          Save as a file
        </Button>
      </Group>
      <Checkbox
        label="I keep them in a safe place"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button disabled={!kept} onClick={done}>
        Done
      </Button>
    </Stack>
  )
}
