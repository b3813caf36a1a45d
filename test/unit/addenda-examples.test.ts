import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createVerify, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { insertAddenda } from '../../src/core/cfdi/insert-addenda.ts'
import { readDetail } from '../../src/core/cfdi/read-detail.ts'
import { readHead } from '../../src/core/cfdi/read-head.ts'
import { readAddendaTable } from '../../src/core/files/addenda-table.ts'
import { compileAddenda } from '../../src/core/message/addenda-render.ts'
import { builtInAddenda } from '../../src/core/message/built-in-addendas.ts'
import { BUILT_IN_ADDENDAS, missingFields } from '../../src/core/model/addenda.ts'
import { rowsFor } from '../../src/core/model/addenda-table.ts'
import { corpusFolder, corpusMissing, corpusPath, expectedRecords } from '../support/corpus.ts'
import { program } from '../support/programs.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url))
const DOCUMENT = readFileSync(join(FIXTURES, 'erp', 'EKU9003173C9_A_1001.xml'))

/** The example's document with the addenda that its data give. */
function made(name: string): Buffer {
  const reading = readHead(DOCUMENT)
  const template = compileAddenda(builtInAddenda(name) ?? '')
  assert.ok(reading.ok && template !== null)
  const { head } = reading
  const file = join(FIXTURES, 'addendas', `${name}.addenda.json`)
  const place = { uuid: head.stamp.uuid, series: head.series ?? '', folio: head.folio ?? '' }
  const { data } = rowsFor(readAddendaTable(file, readFileSync(file)), place)
  const detail = readDetail(DOCUMENT)
  assert.deepEqual(missingFields(template.fields, data, detail.lines.length), [])
  const customer = { code: 'C00001', name: head.receiver.name, rfc: head.receiver.rfc }
  const rendered = template.render({ head, detail, customer, data })
  assert.ok(rendered.ok)
  const result = insertAddenda(DOCUMENT, rendered.content, 'error')
  assert.ok(result.ok)
  return result.bytes
}

describe('the examples of the built-in addendas', () => {
  for (const name of BUILT_IN_ADDENDAS) {
    test(`${name}: document and data give the result that is kept`, () => {
      const kept = join(FIXTURES, 'addendas', `${name}.xml`)
      const result = made(name)
      if (process.env['CFDI_MAIL_WRITE_EXAMPLES'] === 'yes') writeFileSync(kept, result)
      assert.equal(result.toString(), readFileSync(kept, 'utf8'))
    })
  }
})

const XSLT = join(corpusFolder, '..', 'sat', 'www.sat.gob.mx', 'sitio_internet', 'cfd')
const STYLESHEETS: Readonly<Record<string, string>> = {
  '4.0': join(XSLT, '4', 'cadenaoriginal_4_0', 'cadenaoriginal_4_0.xslt'),
  '3.3': join(XSLT, '3', 'cadenaoriginal_3_3', 'cadenaoriginal_3_3.xslt'),
}
const xsltproc = program('xsltproc')

/** Whether the Sello is that of the cadena original which the SAT's own stylesheet gives, by the certificate inside. */
function sealIsValid(document: Buffer, stylesheet: string): boolean {
  const input = document.toString('utf8')
  const attribute = (name: string) => new RegExp(`\\s${name}=["']([^"']+)["']`).exec(input)?.[1] ?? ''
  const cadena = execFileSync(xsltproc.path, [stylesheet, '-'], {
    input: document,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  // Some documents of the corpus have no certificate that can be read.
  if (!attribute('Certificado').startsWith('MII')) return false
  const { publicKey } = new X509Certificate(Buffer.from(attribute('Certificado'), 'base64'))
  return createVerify('sha256')
    .update(cadena.toString().trim())
    .verify(publicKey, attribute('Sello'), 'base64')
}

describe('seals after an addenda', { skip: corpusMissing() || xsltproc.skip }, () => {
  const sealed = expectedRecords().filter(
    (record) => record.verdict === 'timbrado' && existsSync(STYLESHEETS[record.version] ?? ''),
  )
  test('every seal that the SAT’s stylesheet verifies before, it verifies after', () => {
    let verified = 0
    for (const record of sealed.slice(0, 12)) {
      const document = readFileSync(corpusPath(record))
      const stylesheet = STYLESHEETS[record.version] ?? ''
      if (!readHead(document).ok || !sealIsValid(document, stylesheet)) continue
      const result = insertAddenda(document, '<pedido numero="1">Ñ</pedido>', 'replace')
      assert.ok(result.ok)
      assert.ok(sealIsValid(result.bytes, stylesheet), record.file)
      verified++
    }
    assert.ok(verified >= 3, `only ${verified} seals were valid before`)
    const stylesheet = STYLESHEETS['4.0'] ?? ''
    for (const name of BUILT_IN_ADDENDAS) assert.ok(sealIsValid(made(name), stylesheet), name)
  })
})
