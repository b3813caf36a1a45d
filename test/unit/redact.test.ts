import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { redact } from '../../src/core/model/redact.ts'

describe('words that came back', () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[], string]>> = {
    'without a secret stay': ['535 no', ['abc', ''], '535 no'],
    'lose each secret': ['bad abc, abc!', ['abc'], 'bad ***, ***!'],
    'are starred whole when they hold a piece that was written in a way of its own': [
      String.raw`token "clave\"0123456789abcdef" is bad`,
      ['clave"0123456789abcdef'],
      '***',
    ],
  }
  for (const [name, [words, secrets, shown]] of Object.entries(cases)) {
    test(name, () => {
      assert.equal(redact(words, secrets), shown)
    })
  }
})
