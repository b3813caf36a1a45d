import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { tailOfSeal, verificationUrl } from '../../../src/core/cfdi/verification-url.ts'
import type { StampedHead } from '../../../src/core/model/cfdi.ts'
import { cfdi40, retenciones20, UUID } from './documents.ts'

function headOf(document: string): StampedHead {
  const reading = readHead(Buffer.from(document))
  assert.ok(reading.ok)
  return reading.head
}

const invoice = headOf(cfdi40())
const amountIn = (url: string): string => /tt=([^&]*)/.exec(url)?.[1] ?? ''

test('the URL of a CFDI names UUID as written, both RFCs, the total and the end of the seal', () => {
  assert.equal(
    verificationUrl(invoice),
    `https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=${UUID}&re=EKU9003173C9&rr=XAXX010101000&tt=116.0&fe=345678==`,
  )
})

test('an RFC with & is escaped as XML and Ñ stays', () => {
  const url = verificationUrl({ ...invoice, issuer: { rfc: 'Ñ&E951128469', name: '' } })
  assert.ok(url.includes('&re=Ñ&amp;E951128469&rr='))
})

test('a total loses the zeros that say nothing and keeps one decimal', () => {
  const totals = {
    '0': '0.0',
    '2010.00': '2010.0',
    '198.96': '198.96',
    '00012.3400': '12.34',
    '1.23456749': '1.234567',
    '.5': '0.5',
    '7.': '7.0',
  }
  for (const [total, amount] of Object.entries(totals)) {
    assert.equal(amountIn(verificationUrl({ ...invoice, total })), amount)
  }
})

test('eighteen digits stay exact', () => {
  assert.equal(
    amountIn(verificationUrl({ ...invoice, total: '123456789012345678.123456' })),
    '123456789012345678.123456',
  )
})

test('version 3.2 has the bare expression with a padded total', () => {
  const url = verificationUrl({ ...invoice, version: '3.2', total: '40600.00' })
  assert.equal(url, `?re=EKU9003173C9&rr=XAXX010101000&tt=0000040600.000000&id=${UUID}`)
})

test('a receiver abroad is named by twenty digits', () => {
  const head = headOf(retenciones20('<r:Extranjero NumRegIdTribR="X-9" NomDenRazSocR="WALLACE"/>'))
  assert.equal(
    verificationUrl(head),
    `https://prodretencionverificacion.clouda.sat.gob.mx/?id=${UUID}&re=EKU9003173C9&nr=00000000000000000X-9&tt=4076.73&fe=345678==`,
  )
})

test('the tail of a seal is its last eight characters, or all of a shorter one', () => {
  assert.equal(tailOfSeal('abcdefghij'), 'cdefghij')
  assert.equal(tailOfSeal(''), '')
})
