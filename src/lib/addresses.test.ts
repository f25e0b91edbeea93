// Which addresses are public, private or never to be reached, also in disguise.

import { expect, test } from 'vitest'
import { classifyAddress } from './addresses.ts'

test.each([
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
  ['::ffff:8.8.8.8', 'public'],
  ['64:ff9b::808:808', 'public'],
  ['127.0.0.1', 'private'],
  ['10.1.2.3', 'private'],
  ['172.31.0.1', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['::1', 'private'],
  ['fd00::1', 'private'],
  ['::ffff:127.0.0.1', 'private'],
  ['64:ff9b::7f00:1', 'private'],
  ['169.254.169.254', 'forbidden'],
  ['::ffff:169.254.169.254', 'forbidden'],
  ['0.0.0.0', 'forbidden'],
  ['::', 'forbidden'],
  ['::7f00:1', 'forbidden'],
  ['fe80::1', 'forbidden'],
  ['ff02::1', 'forbidden'],
  ['224.0.0.1', 'forbidden'],
  ['255.255.255.255', 'forbidden'],
  ['240.0.0.1', 'forbidden'],
  ['192.0.2.1', 'forbidden'],
  ['2002:7f00:1::', 'forbidden'],
  ['2001::1', 'forbidden'],
  ['fec0::1', 'forbidden'],
  ['example.org', 'forbidden'],
])('%s is %s', (address, expected) => expect(classifyAddress(address)).toBe(expected))
