import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  checkedPattern,
  DEFAULT_PATTERN,
  expandPattern,
  type NamedPackage,
} from '../../../src/core/model/name-pattern.ts'

const DOCUMENT: NamedPackage = {
  customer: 'C00001',
  customerName: 'Muñoz & Cía.',
  customerRfc: 'URE180429TM6',
  issuerRfc: 'EKU9003173C9',
  type: 'GRAL',
  kind: 'I',
  series: 'A',
  folio: '12',
  uuid: '5FB2822E-396D-4725-8521-CDC4BDD20CCF',
  issuedAt: '2024-05-31T23:59:59',
}

describe('a name pattern', () => {
  test('is filled from the document, folder by folder', () => {
    assert.deepEqual(
      expandPattern('{customer}/{year}-{month}-{day}/{type} {kind} {series}{folio}', DOCUMENT),
      ['C00001', '2024-05-31', 'GRAL I A12'],
    )
    assert.deepEqual(expandPattern('{name}/{rfc}/{date}_{uuid}', DOCUMENT), [
      'Munoz_Cia',
      'URE180429TM6',
      `2024-05-31_${DOCUMENT.uuid}`,
    ])
    assert.deepEqual(expandPattern(null, DOCUMENT), [
      'C00001',
      '2024-05',
      `EKU9003173C9_A12_${DOCUMENT.uuid}`,
    ])
  })

  test('takes the Spanish names too', () => {
    const spanish = checkedPattern('{cliente}/{año}-{mes}-{dia}/{Emisor} {comprobante} {serie}{folio} {tipo}')
    const english = '{customer}/{year}-{month}-{day}/{issuer} {kind} {series}{folio} {type}'
    assert.deepEqual(expandPattern(spanish, DOCUMENT), expandPattern(english, DOCUMENT))
  })

  test('comes without its extension, which follows by itself', () => {
    assert.equal(checkedPattern(' {cliente}/{uuid}.XML '), '{cliente}/{uuid}')
    assert.equal(checkedPattern(DEFAULT_PATTERN), DEFAULT_PATTERN)
  })

  test('leads nowhere else, whatever the document says', () => {
    for (const hostile of [
      '../../etc',
      '..',
      '.',
      '/',
      '\\\\srv\\x',
      'C:',
      'a\0b',
      '',
      ' ',
      '\u202e',
      'CON',
      'nul',
      '🙂'.repeat(200),
    ]) {
      const document = {
        ...DOCUMENT,
        customer: hostile,
        customerName: hostile,
        series: hostile,
        folio: hostile,
      }
      for (const pattern of ['{customer}/{series}{folio}', '{name}/{folio}', '{customer}/{uuid}']) {
        for (const segment of expandPattern(pattern, document)) {
          assert.match(
            segment,
            /^[A-Za-z0-9_][A-Za-z0-9_ -]{0,149}$/,
            `${pattern}: ${JSON.stringify(hostile)}`,
          )
          assert.doesNotMatch(segment, /^(con|nul|aux|prn)$/i)
        }
      }
    }
  })

  test('is refused when it could leave the folder or some system would not take it', () => {
    const refused = (pattern: string, variant: string) => {
      assert.throws(
        () => checkedPattern(pattern),
        (error: { readonly params?: { readonly variant?: string } }) => {
          assert.equal(error.params?.variant, variant, pattern)
          return true
        },
      )
    }
    for (const pattern of [
      '',
      '/{uuid}',
      '{customer}/',
      'a//{uuid}',
      '../{uuid}',
      './{uuid}',
      '{uuid}.',
      '.{uuid}',
    ]) {
      refused(pattern, 'segment')
    }
    for (const pattern of ['a\\{uuid}', 'C:{uuid}', '{uuid}*', '"{uuid}"', 'a\n{uuid}', '{uuid}\u202e'])
      refused(pattern, 'sign')
    for (const pattern of ['{uuid', 'uuid}', '{{uuid}}']) refused(pattern, 'braces')
    refused('{total}_{uuid}', 'field')
    refused('{}{uuid}', 'field')
    refused('{uuid}/{customer}', 'same')
    refused(`${'a'.repeat(200)}{uuid}`, 'long')
  })
})
