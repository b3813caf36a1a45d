import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../../src/core/model/results/house.ts'
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

test('why a profile is on hold, and what ends that, is said in words and not in codes', () => {
  const shown = (finding: Finding) =>
    viewOf(
      { kind: 'doctor', findings: [finding], settings: [] },
      makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' }),
    )
  const waits = shown({
    ...{ code: 'profile-waits', level: 'warning' },
    params: { name: 'oficina', reason: 'no-answer: cerró', until: '2024-06-01T12:00:00.000Z' },
  })
  assert.match(
    waits,
    /^! Perfil oficina detenido: el servidor no contesta, .*\(cerró\)\. Sigue solo a partir de /,
  )
  assert.doesNotMatch(waits, /no-answer/)
  const held = shown({
    ...{ code: 'profile-held', level: 'error' },
    params: { name: 'meta', reason: 'whatsapp-token: expired' },
  })
  assert.match(held, /cfdi-mail probar-whatsapp meta/)
})

test('a module is named as people know it', () => {
  const finding = { code: 'module-profile', level: 'ok', params: { module: 'payroll', name: 'rh' } } as const
  const shown = viewOf(
    { kind: 'doctor', findings: [finding], settings: [] },
    makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' }),
  )
  assert.match(shown, /Módulo nómina: envía el perfil rh\./)
})

// At 80 columns the file that a setting came from ended in "…", and nothing could show the rest but --json.
test('what a narrow terminal cuts is whole with --verbose, and it is said so', () => {
  const origin = '/srv/cfdi-mail/una carpeta de nombre largo/companies/NORTE/cfdi-mail.yaml'
  const settings = [{ name: 'sources', value: '/srv/erp/facturas timbradas/2024', origin }]
  const shown = (verbosity: 'normal' | 'verbose') =>
    viewOf(
      { kind: 'doctor', findings: [], settings },
      makeViewContext({ language: 'es', width: 80, color: 'off', verbosity }),
    )
  assert.match(shown('normal'), /…\nLo que termina en … se lee completo con --detalle\./)
  assert.match(shown('verbose'), new RegExp(origin))
  assert.doesNotMatch(shown('verbose'), /…/)
})
