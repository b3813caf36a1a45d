import assert from 'node:assert/strict'
import { realpathSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { TypeFields } from '../../src/core/flows/type-fields.ts'
import { addType, listTypes, removeType, setType, showType } from '../../src/core/flows/types.ts'
import { GRAL, NOMINA } from '../../src/core/model/packaging-type.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { testCtx, URE, useProfile } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'

const FULL = {
  description: 'Cadena de tiendas',
  customer: 'c00001',
  kinds: ['I', 'E'],
  pdf: 'optional',
  withBom: true,
  grouping: 'customer',
  zip: true,
  passwordRule: 'rfc-last-4',
  passwordHint: 'la de siempre',
  namePattern: '{cliente}/{serie}{folio}',
  byMail: true,
  afterSend: 'keep',
  addenda: 'soriana',
  existingAddenda: 'replace',
  profile: 'oficina',
  sender: 'Facturas <facturas@emisor.EXAMPLE>',
  subject: 'Factura {{folio}}',
  body: 'HTML<p>{{customerName}}</p>',
  longTimeout: true,
  logSuccess: false,
  portalAccess: 'with',
  templates: new Map([['I', 'portal-access']]),
} as const satisfies TypeFields

describe('packaging types', () => {
  test('are there from the start: GRAL, which sends no payroll, and NOMINA, which sends nothing else', async (t) => {
    const { ctx } = await testCtx(t)
    const { types } = await listTypes(ctx)
    assert.deepEqual(types, [GRAL, NOMINA])
    assert.ok(!GRAL.kinds.includes('N'))
    assert.deepEqual(NOMINA.kinds, ['N'])
    await assert.rejects(removeType(ctx, 'nomina'), { code: 'TYPE_NEEDED' })
  })

  test('keep every field that is given, in its normal form', async (t) => {
    const { ctx } = await testCtx(t)
    await useProfile(ctx, 25)
    await addType(ctx, ' tienda-1 ', FULL)
    const stored = await showType(ctx, 'Tienda-1')
    const normal = {
      ...FULL,
      templates: { I: 'portal-access' },
      customer: 'C00001',
      folder: null,
      sender: 'facturas@emisor.example',
    }
    assert.deepEqual(stored, { kind: 'type', code: 'TIENDA-1', ...normal, settings: [] })
  })

  test('change only in what is given, and an empty text takes a field away', async (t) => {
    const { ctx } = await testCtx(t)
    await useProfile(ctx, 25)
    await addType(ctx, 'T1', FULL)
    const { kind, ...before } = await showType(ctx, 'T1')
    const changed = await setType(ctx, 't1', {
      customer: '',
      profile: '',
      sender: ' ',
      subject: '',
      body: '',
      zip: false,
    })
    const emptied = { customer: null, profile: null, sender: null, subject: null, body: null, zip: false }
    assert.deepEqual(changed, { kind, ...before, ...emptied })
    await assert.rejects(setType(ctx, 'T1', { zip: undefined }), { code: 'NOTHING_TO_CHANGE' })
  })

  test('take subject and body from files', async (t) => {
    const { ctx } = await testCtx(t)
    const file = join(tempFolder(t), 'cuerpo.html')
    writeFileSync(file, 'HTML\n<p>Señor {{customerName}}</p>\n')
    const { subject, body } = await addType(ctx, 'T1', { subject: '@@serie-@@folio', body: `@${file}` })
    assert.deepEqual([subject, body], ['@@serie-@@folio', 'HTML\n<p>Señor {{customerName}}</p>\n'])
    await assert.rejects(setType(ctx, 'T1', { body: `@${file}.no` }), { code: 'FILE_NOT_FOUND' })
  })

  test('take a destination folder, which is made when it is not there', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = join(tempFolder(t), 'destino', 'GRAL')
    const type = await setType(ctx, 'GRAL', { folder, byMail: false, afterSend: 'trash' })
    assert.ok(statSync(folder).isDirectory())
    assert.deepEqual([type.folder, type.byMail, type.afterSend], [realpathSync(folder), false, 'trash'])
    const { kind, ...stored } = await showType(ctx, 'GRAL')
    assert.deepEqual({ kind, ...stored }, type)
    writeFileSync(join(folder, 'archivo'), '')
    await assert.rejects(setType(ctx, 'GRAL', { folder: join(folder, 'archivo') }), { code: 'CANNOT_WRITE' })
  })

  test('need a destination folder when they do not mail, or tidy up after sending', async (t) => {
    const { ctx } = await testCtx(t)
    const refused = (fields: TypeFields, variant: string) =>
      assert.rejects(setType(ctx, 'GRAL', fields), {
        code: 'TYPE_NEEDS_FOLDER',
        params: { code: 'GRAL', variant },
      })
    await refused({ byMail: false }, 'no-mail')
    await refused({ afterSend: 'delete' }, 'after-send')
    await setType(ctx, 'GRAL', { folder: tempFolder(t), byMail: false })
    await refused({ folder: '' }, 'no-mail')
  })

  test('refuse what would fail at the next packaging', async (t) => {
    const { ctx } = await testCtx(t)
    const refused = (fields: TypeFields, code: string) =>
      assert.rejects(setType(ctx, 'GRAL', fields), { code })
    await refused({ customer: 'C9' }, 'CUSTOMER_NOT_FOUND')
    await refused({ profile: 'nadie' }, 'PROFILE_NOT_FOUND')
    await refused({ sender: 'a@x.mx, b@x.mx' }, 'BAD_ADDRESS')
    await refused({ subject: 'Factura {{nada}}' }, 'BAD_TEMPLATE')
    await refused({ namePattern: '../{uuid}' }, 'BAD_NAME_PATTERN')
    await refused({ body: 'HTML<p>{{{customerName}}}</p>' }, 'BAD_TEMPLATE')
    assert.deepEqual(await showType(ctx, 'GRAL'), { kind: 'type', ...GRAL, settings: [] })
    for (const code of ['', 'a b', 'x'.repeat(21), 'ñandú', 'a,b'])
      await assert.rejects(addType(ctx, code, {}), { code: 'BAD_TYPE' }, code)
    await assert.rejects(addType(ctx, 'gral', {}), { code: 'TYPE_EXISTS' })
    await assert.rejects(setType(ctx, 'OTRO', { zip: true }), { code: 'TYPE_NOT_FOUND' })
  })

  test('go only when nobody needs them', async (t) => {
    const { ctx } = await testCtx(t)
    const settings = { ...ctx.settings, posPackagingType: 'pos' }
    for (const code of ['T1', 'POS']) await addType(ctx, code, {})
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'T1', addresses: [] } }, ctx.now())
    await assert.rejects(removeType(ctx, 'gral'), { code: 'TYPE_NEEDED' })
    await assert.rejects(removeType({ ...ctx, settings }, 'pos'), { code: 'TYPE_NEEDED' })
    await assert.rejects(removeType(ctx, 't1'), { code: 'TYPE_IN_USE', params: { code: 'T1', count: 1 } })
    await saveCustomer(ctx.db, URE, ctx.now())
    assert.deepEqual((await removeType(ctx, 't1')).names, ['T1'])
    await assert.rejects(removeType(ctx, 't1'), { code: 'TYPE_NOT_FOUND' })
    const events = (await listEvents(ctx.db, {})).map(({ event, detail }) => `${event} ${detail}`)
    assert.deepEqual(events, ['type-saved tests: T1', 'type-saved tests: POS', 'type-removed tests: T1'])
  })
})
