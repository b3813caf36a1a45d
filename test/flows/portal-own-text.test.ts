import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { setDocumentSetting } from '../../src/core/flows/document-settings.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { setType } from '../../src/core/flows/types.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { makePdf, writeErpFolder } from '../support/cfdi-factory.ts'
import { testCtx, useProfile } from '../support/ctx.ts'
import { NOTHING } from '../support/packaging.ts'
import { tempFolder } from '../support/temp.ts'

const PORTAL = 'https://facturas.example.com/portal'

/** An invoice whose kind has a text of its own, and a GRAL that gives access. */
async function house(t: TestContext, portalAccess: 'with' | 'instead', body: string) {
  const { ctx } = await testCtx(t, { settings: { ...DEFAULT_SETTINGS, portalUrl: PORTAL } })
  await useProfile(ctx, 1)
  await setType(ctx, 'GRAL', { portalAccess })
  const unsaid = { enabled: undefined, automatic: undefined }
  await setDocumentSetting(
    ctx,
    { kind: 'I', customerClass: '' },
    { ...unsaid, subject: 'Su factura {{seriesFolio}}', body },
  )
  const folder = tempFolder(t)
  await writeErpFolder(folder, [{ cfdi: { folio: '1' }, pdf: makePdf('1', 2000) }])
  const outcomes = async () => {
    const { documents } = await packageCfdis(ctx, { ...NOTHING, sources: [folder] })
    return documents.map(({ result, reason }) => [result, reason])
  }
  return { ctx, outcomes }
}

describe('a text of one’s own, where mails say how to enter the portal', () => {
  test('a mail without files whose text names no page of the portal is not made: its customer would have nothing', async (t) => {
    // A setting said for all invoices took the place of the portal's text, and the mail had neither the files nor the way to them.
    const { ctx, outcomes } = await house(t, 'instead', 'Gracias por su compra, @@nickname_asociado')
    assert.deepEqual(await outcomes(), [['skipped', 'no-portal-text']])
    const given = (await listEvents(ctx.db, {})).filter(({ event }) => event === 'portal-access-given')
    assert.deepEqual(given, [])
    const said = { enabled: undefined, automatic: undefined, subject: undefined }
    await setDocumentSetting(
      ctx,
      { kind: 'I', customerClass: '' },
      { ...said, body: 'HTML<p>Entre en <a href="@@url_ingresar_kiosko">su portal</a></p>' },
    )
    assert.deepEqual(await outcomes(), [['queued', null]])
  })

  test('with the files it goes, and nobody is told to have got an access that the mail does not mention', async (t) => {
    const { ctx, outcomes } = await house(t, 'with', 'Gracias por su compra')
    assert.deepEqual(await outcomes(), [['queued', null]])
    const given = (await listEvents(ctx.db, {})).filter(({ event }) => event === 'portal-access-given')
    assert.deepEqual(given, [])
  })
})
