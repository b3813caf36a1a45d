import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import type { HeadReading, StampedHead, UnusableReason } from '../../../src/core/model/cfdi.ts'
import { cfdi40, retenciones20, SEAL, stamp, UUID } from './documents.ts'

function read(document: string): HeadReading {
  return readHead(Buffer.from(document))
}

function accepted(document: string | Buffer): StampedHead {
  const reading = readHead(Buffer.from(document))
  assert.ok(reading.ok, reading.ok ? '' : `${reading.reason}: ${reading.detail}`)
  return reading.head
}

function reasonOf(document: string | Buffer): UnusableReason | 'ok' {
  const reading = readHead(Buffer.from(document))
  return reading.ok ? 'ok' : reading.reason
}

describe('the facts of a CFDI', () => {
  test('row 72: every datum is taken as text, from its own place', () => {
    assert.deepEqual(accepted(cfdi40()), {
      standard: 'CFDI',
      version: '4.0',
      kind: 'I',
      kindRaw: 'I',
      issuer: { rfc: 'EKU9003173C9', name: 'ESCUELA KEMPER URGATE' },
      receiver: { rfc: 'XAXX010101000', name: 'PUBLICO EN GENERAL', foreignId: null, cfdiUse: 'S01' },
      series: 'A',
      folio: '000123',
      issuedAt: '2024-05-20T10:15:30',
      subtotal: '100.00',
      total: '116.00',
      currency: 'MXN',
      exchangeRate: null,
      paymentForm: '03',
      paymentMethod: 'PUE',
      issuedIn: '20000',
      certificate: '30001000000500003416',
      seal: SEAL,
      lines: 1,
      complements: [],
      hasAddenda: false,
      payments: [],
      paymentsTotal: null,
      payroll: null,
      stamp: {
        uuid: UUID.toUpperCase(),
        uuidRaw: UUID,
        version: '1.1',
        stampedAt: '2024-05-20T10:15:33',
        pacRfc: 'SPR190613I52',
        satCertificate: '30001000000500003456',
      },
    })
  })

  test('references are decoded and white space is collapsed, but not a no-break space', () => {
    const head = accepted(
      cfdi40({
        receiver:
          '<cfdi:Receptor Rfc=" H&amp;E951128469" Nombre="  PE&#209;A&#xA;\t&#x20;Y\u00a0 C&#xED;A "/>',
      }),
    )
    assert.deepEqual([head.receiver.rfc, head.receiver.name], ['H&E951128469', 'PEÑA Y\u00a0 CíA'])
  })

  test('row 71: prefixes mean nothing: other ones and a default namespace are read alike', () => {
    const usual = accepted(cfdi40())
    assert.deepEqual(accepted(cfdi40().replaceAll('cfdi:', 'x:').replace('xmlns:cfdi', 'xmlns:x')), usual)
    assert.deepEqual(
      accepted(
        cfdi40()
          .replaceAll(/(<\/?)cfdi:/g, '$1')
          .replace('xmlns:cfdi', 'xmlns'),
      ),
      usual,
    )
    assert.deepEqual(accepted(cfdi40().replaceAll('tfd', 'cfdi2')), usual)
  })

  test('the usual prefix bound to another namespace makes another document', () => {
    assert.equal(reasonOf(cfdi40({ root: { 'xmlns:cfdi': 'urn:other' } })), 'not-cfdi')
    assert.equal(
      reasonOf(
        cfdi40({ complement: `<cfdi:Complemento>${stamp({ 'xmlns:tfd': 'urn:x' })}</cfdi:Complemento>` }),
      ),
      'not-stamped',
    )
  })

  test('version 3.3 shares the names of 4.0', () => {
    const head = accepted(cfdi40({ root: { 'xmlns:cfdi': 'http://www.sat.gob.mx/cfd/3', Version: '3.3' } }))
    assert.deepEqual([head.standard, head.version, head.total], ['CFDI', '3.3', '116.00'])
  })

  test('version 3.2 writes its attributes with a small letter and its kinds as words', () => {
    const head = accepted(
      `<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/3" version="3.2" tipoDeComprobante="egreso" serie="B" folio="9" ` +
        `fecha="2015-02-18T11:49:20" total="40600.00" subTotal="35000.00" Moneda="Pesos" formaDePago="Una" metodoDePago="99" ` +
        `noCertificado="20001" LugarExpedicion="Monterrey" sello="${SEAL}"><cfdi:Emisor rfc="AAA010101AAA" nombre="A"/>` +
        `<cfdi:Receptor rfc="E&amp;Ñ831019M53"/><cfdi:Complemento><t:TimbreFiscalDigital xmlns:t="http://www.sat.gob.mx/TimbreFiscalDigital" ` +
        `version="1.0" UUID="${UUID}" FechaTimbrado="2015-02-18T11:50:00" selloCFD="${SEAL}" noCertificadoSAT="20002"/></cfdi:Complemento></cfdi:Comprobante>`,
    )
    assert.deepEqual(
      [head.kind, head.kindRaw, head.series, head.folio, head.currency],
      ['E', 'egreso', 'B', '9', 'Pesos'],
    )
    assert.deepEqual([head.receiver.rfc, head.receiver.name, head.paymentForm], ['E&Ñ831019M53', '', 'Una'])
    assert.deepEqual(
      [head.stamp.version, head.stamp.pacRfc, head.stamp.satCertificate],
      ['1.0', null, '20002'],
    )
  })

  test('only Concepto children of Conceptos are lines', () => {
    const line = '<cfdi:Concepto><cfdi:Parte/><cfdi:Concepto/></cfdi:Concepto>'
    const head = accepted(
      cfdi40({ body: `<cfdi:Concepto/><cfdi:Conceptos>${line}${line}<x/></cfdi:Conceptos>` }),
    )
    assert.equal(head.lines, 2)
  })

  test('a payment complement gives its payments, for the total of such a document is 0', () => {
    const paid =
      '<p:Pagos xmlns:p="http://www.sat.gob.mx/Pagos20" Version="2.0"><p:Totales MontoTotalPagos="174.00"/>' +
      '<p:Pago FechaPago="2024-05-01T12:00:00" FormaDePagoP="03" MonedaP="MXN" Monto="116.00"/>' +
      '<p:Pago FechaPago="2024-05-02T12:00:00" FormaDePagoP="02" MonedaP="USD" Monto="2.90"><p:Pago Monto="9"/></p:Pago></p:Pagos>'
    const head = accepted(
      cfdi40({
        root: { TipoDeComprobante: 'P', Total: '0', Moneda: 'XXX' },
        complement: `<cfdi:Complemento>${paid}${stamp()}</cfdi:Complemento>`,
      }),
    )
    assert.deepEqual(head.payments, [
      { paidAt: '2024-05-01T12:00:00', amount: '116.00', currency: 'MXN', form: '03' },
      { paidAt: '2024-05-02T12:00:00', amount: '2.90', currency: 'USD', form: '02' },
    ])
    assert.deepEqual([head.paymentsTotal, head.complements], ['174.00', ['Pagos']])
  })
})

describe('the facts of a Retenciones document', () => {
  test('kind is R, the currency MXN, and the total comes from Totales', () => {
    const head = accepted(retenciones20())
    assert.deepEqual([head.standard, head.version, head.kind, head.kindRaw], ['RET', '2.0', 'R', '14'])
    assert.deepEqual(
      [head.total, head.currency, head.folio, head.issuedAt],
      ['4076.73', 'MXN', '77', '2024-01-02T03:04:05'],
    )
    assert.deepEqual(head.receiver, { rfc: 'XAXX010101000', name: 'ALGUIEN', foreignId: null, cfdiUse: null })
  })

  test('a receiver abroad has a foreign id and no RFC, or only a name', () => {
    const abroad = accepted(retenciones20('<r:Extranjero NumRegIdTribR="X-9" NomDenRazSocR="WALLACE"/>'))
    assert.deepEqual(abroad.receiver, { rfc: '', name: 'WALLACE', foreignId: 'X-9', cfdiUse: null })
    const named = accepted(retenciones20('<r:Extranjero NomDenRazSocR="WALLACE"/>'))
    assert.deepEqual(named.receiver, { rfc: '', name: 'WALLACE', foreignId: null, cfdiUse: null })
  })
})

describe('the stamp', () => {
  const decoys: Readonly<Record<string, string>> = {
    'in a comment': `<!--${stamp()}-->`,
    'in CDATA': `<cfdi:Complemento><![CDATA[${stamp()}]]></cfdi:Complemento>`,
    'in a processing instruction': `<cfdi:Complemento><?x ${stamp()}?></cfdi:Complemento>`,
    'in an addenda': `<cfdi:Addenda>${stamp()}<cfdi:Complemento>${stamp()}</cfdi:Complemento></cfdi:Addenda>`,
    'below another complement': `<cfdi:Complemento><x>${stamp()}</x></cfdi:Complemento>`,
    'directly below the root': stamp(),
    'in a Complemento of a Concepto': `<cfdi:Conceptos><cfdi:Concepto><cfdi:Complemento>${stamp()}</cfdi:Complemento></cfdi:Concepto></cfdi:Conceptos>`,
    'in a Complemento of no namespace': `<Complemento>${stamp()}</Complemento>`,
  }
  for (const [place, decoy] of Object.entries(decoys)) {
    test(`row 74: a stamp ${place} stamps nothing`, () => {
      const reading = read(cfdi40({ complement: decoy }))
      assert.equal(reading.ok ? 'ok' : reading.reason, 'not-stamped')
      assert.equal(reading.head?.receiver.rfc, 'XAXX010101000')
      assert.equal(reading.head.stamp, null)
    })
  }

  test('an addenda before the complement, with a document inside, changes nothing but hasAddenda', () => {
    const addenda = `<cfdi:Addenda>${cfdi40({ complement: `<cfdi:Complemento>${stamp({ UUID: 'no' })}</cfdi:Complemento>` }).slice(39)}</cfdi:Addenda>`
    const head = accepted(cfdi40({ body: addenda }))
    assert.equal(head.stamp.uuidRaw, UUID)
    assert.deepEqual([head.hasAddenda, head.lines], [true, 0])
  })

  test('several Complemento elements are all looked into', () => {
    const head = accepted(
      cfdi40({
        complement: `<cfdi:Complemento><x/></cfdi:Complemento><cfdi:Complemento>${stamp()}<y/></cfdi:Complemento>`,
      }),
    )
    assert.deepEqual([head.stamp.uuidRaw, head.complements], [UUID, ['x', 'y']])
  })

  test('two stamps are refused, even the same twice', () => {
    assert.equal(
      reasonOf(cfdi40({ complement: `<cfdi:Complemento>${stamp()}${stamp()}</cfdi:Complemento>` })),
      'several-stamps',
    )
  })

  for (const uuid of [
    '',
    'x',
    UUID.replace('a', 'g'),
    `\ufb00${UUID.slice(2)}`,
    `${UUID}0`,
    UUID.replaceAll('-', ''),
    `{${UUID}}`,
  ]) {
    test(`'${uuid}' is no UUID`, () => {
      assert.equal(
        reasonOf(cfdi40({ complement: `<cfdi:Complemento>${stamp({ UUID: uuid })}</cfdi:Complemento>` })),
        'bad-uuid',
      )
    })
  }

  test('SelloCFD must be the Sello, white space apart', () => {
    const broken = `${SEAL.slice(0, 8)}&#10;  ${SEAL.slice(8)}`
    assert.equal(accepted(cfdi40({ root: { Sello: broken } })).seal, SEAL)
    assert.equal(reasonOf(cfdi40({ root: { Sello: `${SEAL}A` } })), 'seal-mismatch')
    assert.equal(reasonOf(cfdi40({ root: { Sello: null } })), 'seal-mismatch')
  })
})

describe('documents that are something else', () => {
  test('another root is not a CFDI', () => {
    const reading = read('<html><body/></html>')
    assert.deepEqual(reading, { ok: false, reason: 'not-cfdi', detail: 'root {}html', head: null })
  })

  for (const root of [
    { Version: '3.3' },
    { Version: '4.1' },
    { Version: null },
    { 'xmlns:cfdi': 'http://www.sat.gob.mx/cfd/2' },
  ]) {
    test(`a Comprobante with ${JSON.stringify(root)} is of an unknown version`, () => {
      assert.equal(reasonOf(cfdi40({ root })), 'unknown-version')
    })
  }

  test('a datum the mailer needs must be there and have its form', () => {
    const cases: Readonly<Record<string, string>> = {
      'no Fecha': cfdi40({ root: { Fecha: null } }),
      "Fecha '2024-13-01T00:00:00'": cfdi40({ root: { Fecha: '2024-13-01T00:00:00' } }),
      "Fecha '20/05/2024'": cfdi40({ root: { Fecha: '20/05/2024' } }),
      'no Total': cfdi40({ root: { Total: null } }),
      "Total '1,160.00'": cfdi40({ root: { Total: '1,160.00' } }),
      'no Emisor Rfc': cfdi40({ issuer: '' }),
      'no Receptor': cfdi40({ receiver: '<cfdi:Receptor Nombre="X"/>' }),
      "TipoDeComprobante 'R'": cfdi40({ root: { TipoDeComprobante: 'R' } }),
      'no FechaTimbrado': cfdi40({
        complement: `<cfdi:Complemento>${stamp({ FechaTimbrado: null })}</cfdi:Complemento>`,
      }),
    }
    for (const [detail, document] of Object.entries(cases)) {
      const reading = read(document)
      assert.deepEqual(reading.ok ? 'ok' : [reading.reason, reading.detail], ['missing-data', detail])
    }
  })

  test('what a document that breaks off said of itself is kept, without its stamp', () => {
    const reading = read(cfdi40().slice(0, -5))
    assert.ok(!reading.ok)
    assert.deepEqual(
      [reading.reason, reading.head?.receiver.rfc, reading.head?.stamp],
      ['malformed', 'XAXX010101000', null],
    )
  })

  test('the detail is short and cannot steer a terminal', () => {
    const reading = read(cfdi40({ root: { Fecha: `\u009b31m\u202e${'x'.repeat(5000)}` } }))
    assert.ok(!reading.ok)
    assert.match(reading.detail, /^Fecha '\?31m\?x+$/)
    assert.ok(reading.detail.length <= 200)
  })

  test('one document leaves nothing behind for the next', () => {
    assert.equal(reasonOf('<p:a xmlns:p="urn:p" xmlns="urn:d"><b'), 'malformed')
    assert.equal(reasonOf('<p:a/>'), 'malformed')
    assert.deepEqual(read('<a/>'), { ok: false, reason: 'not-cfdi', detail: 'root {}a', head: null })
    assert.equal(accepted(cfdi40()).complements.length, 0)
  })
})
