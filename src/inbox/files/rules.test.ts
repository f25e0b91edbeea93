// Files that strangers send: what is handed out, and as what.

import { expect, test } from 'vitest'
import { isProgram, safeName, typeOf } from './rules.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const plain = new TextEncoder().encode('distance,time')

test.each([
  ['report.exe', plain],
  ['invoice.pdf.scr', plain],
  ['Letter.HTML', plain],
  ['run.js ', plain],
  ['holiday.jpg', bytes('4d5a9000')],
  ['holiday.jpg', bytes('7f454c4602')],
  ['notes.txt', new TextEncoder().encode('#!/bin/sh\necho')],
])('%s is a program', (name, content) => expect(isProgram(name, content)).toBe(true))

test.each([
  ['plan.pdf', bytes('255044462d312e37')],
  ['table.csv', plain],
  ['letter.docx', bytes('504b0304')],
  ['html', plain],
])('%s is none', (name, content) => expect(isProgram(name, content)).toBe(false))

test.each([
  ['ffd8ffe000104a46', 'image/jpeg'],
  ['89504e470d0a1a0a0000', 'image/png'],
  ['255044462d312e37', 'application/pdf'],
  ['3c68746d6c3e', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('%s is told as %s, whatever it is called', (hex, type) => expect(typeOf(bytes(hex))).toBe(type))

test.each([
  ['../../etc/passwd', '....etcpasswd'],
  ['a\u202Egpj.exe', 'agpj.exe'],
  ['  plan\n.pdf ', 'plan.pdf'],
  [null, 'file'],
  ['///', 'file'],
])('%j is called %j', (given, name) => expect(safeName(given)).toBe(name))
