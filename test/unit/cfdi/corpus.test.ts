import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { verificationUrl } from '../../../src/core/cfdi/verification-url.ts'
import type { CfdiHead } from '../../../src/core/model/cfdi.ts'
import {
  corpusMissing,
  corpusPath,
  erpDocuments,
  erpFolder,
  expectedRecords,
  type ExpectedRecord,
} from '../../support/corpus.ts'

/** What each verdict of the corpus means here. A seal that fails cryptographically is not looked at by the reader. */
const OUTCOME: Readonly<Record<string, string>> = {
  timbrado: 'ok',
  'sello-invalido': 'ok',
  'sin-timbre': 'not-stamped',
  'uuid-invalido': 'bad-uuid',
  'timbre-de-otro-documento': 'seal-mismatch',
  'timbre-multiple': 'several-stamps',
  malformado: 'malformed',
  'espacio-de-nombres-invalido': 'malformed',
  'doctype-prohibido': 'doctype',
}

const skip = corpusMissing()

describe('every document of the corpus', { skip }, () => {
  for (const record of expectedRecords()) {
    test(`${record.file} is read as another XML library reads it`, () => {
      const reading = readHead(readFileSync(corpusPath(record)))
      assert.equal(reading.ok ? 'ok' : reading.reason, OUTCOME[record.verdict])
      if (reading.head === null)
        assert.equal(record.tipo, null, 'only a document without kind may lack its head')
      else assert.deepEqual(factsOf(reading.head), expectedFacts(record))
    })
  }

  for (const record of expectedRecords().filter((one) => one.qr !== null)) {
    test(`${record.file} has the verification URL that its QR code holds`, () => {
      const { head } = readHead(readFileSync(corpusPath(record)))
      assert.ok(head?.stamp)
      assert.equal(verificationUrl({ ...head, stamp: head.stamp }), record.qr)
    })
  }
})

describe('the folder of an ERP', { skip }, () => {
  for (const expected of erpDocuments()) {
    test(`${expected.xml} is read with the facts it was made from`, () => {
      const bytes = readFileSync(join(erpFolder, expected.xml))
      const reading = readHead(bytes)
      assert.ok(reading.ok)
      const { head } = reading
      assert.equal(createHash('sha256').update(bytes).digest('hex'), expected.sha256)
      assert.deepEqual(
        [
          head.stamp.uuid,
          head.stamp.stampedAt,
          head.kind,
          head.series,
          head.folio,
          head.issuedAt,
          head.total,
        ],
        [
          expected.uuid,
          expected.fechaTimbrado,
          expected.tipo,
          expected.serie,
          expected.folio,
          expected.fecha,
          expected.total,
        ],
      )
      assert.deepEqual(
        [head.receiver.rfc, head.receiver.name],
        [expected.receptorRfc, expected.receptorNombre],
      )
      assert.equal(head.currency, expected.moneda)
    })
  }
})

/** The facts that the corpus records, which are all but seals, payments and the place of issue of Retenciones. */
function factsOf(head: CfdiHead): Record<string, unknown> {
  return {
    standard: head.standard,
    version: head.version,
    kind: head.kind,
    kindRaw: head.kindRaw,
    issuer: head.issuer,
    receiver: head.receiver,
    series: head.series,
    folio: head.folio,
    issuedAt: head.issuedAt,
    subtotal: head.subtotal,
    total: head.total,
    currency: head.currency,
    exchangeRate: head.exchangeRate,
    paymentForm: head.paymentForm,
    paymentMethod: head.paymentMethod,
    issuedIn: head.standard === 'RET' ? null : head.issuedIn,
    certificate: head.certificate,
    lines: head.lines,
    complements: head.complements,
    hasAddenda: head.hasAddenda,
    stamp: head.stamp,
  }
}

function expectedFacts(record: ExpectedRecord): Record<string, unknown> {
  const { normalizado } = record
  const isRetenciones = record.kind === 'RET'
  return {
    standard: record.kind,
    version: record.version,
    kind: record.tipo,
    kindRaw: text(isRetenciones ? record.cveRetenc : record.tipoRaw),
    issuer: { rfc: text(normalizado.emisorRfc), name: text(normalizado.emisorNombre) },
    receiver: {
      rfc: text(normalizado.receptorRfc),
      name: text(normalizado.receptorNombre),
      foreignId: orNull(record.receptor.numRegIdTrib),
      cfdiUse: orNull(record.usoCFDI),
    },
    series: normalizado.serie,
    folio: normalizado.folio,
    issuedAt: text(record.fecha),
    subtotal: orNull(record.subTotal),
    total: text(record.total),
    currency: isRetenciones ? 'MXN' : text(record.moneda),
    exchangeRate: orNull(record.tipoCambio),
    paymentForm: orNull(record.formaPago),
    paymentMethod: orNull(record.metodoPago),
    issuedIn: orNull(record.lugarExpedicion),
    certificate: text(record.noCertificado),
    lines: record.conceptos ?? 0,
    complements: record.complementos.map((one) => one.name),
    hasAddenda: record.addenda !== null,
    stamp: expectedStamp(record),
  }
}

function expectedStamp(record: ExpectedRecord): unknown {
  if (record.tfdCount === 0) return null
  return {
    // The corpus gives no normalised UUID where it is not one.
    uuid: record.uuid ?? record.uuidRaw?.toUpperCase(),
    uuidRaw: record.uuidRaw,
    version: text(record.tfdVersion),
    stampedAt: text(record.fechaTimbrado),
    pacRfc: record.rfcProvCertif,
    satCertificate: text(record.noCertificadoSAT),
  }
}

function text(value: string | null | undefined): string {
  return value ?? ''
}

function orNull(value: string | null | undefined): string | null {
  return value ?? null
}
