import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

// Under --lang es every setting that nobody had touched came from "default".
test('where a setting comes from is said in the reader’s language, and a file by its name', () => {
  const settings = [
    { name: 'sources', value: '/erp', origin: '/datos/cfdi-mail.yaml' },
    { name: 'company', value: '', origin: 'default' },
  ]
  const shown = (language: 'es' | 'en') =>
    viewOf(
      { kind: 'doctor', findings: [], settings },
      makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' }),
    )
  assert.match(shown('es'), /\/erp +\/datos\/cfdi-mail\.yaml\ncompany +lo normal/)
  assert.match(shown('en'), /company +default/)
})
