import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { simpleParser } from 'mailparser'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { customerAccess } from '../../src/core/flows/customer-access.ts'
import { doctor } from '../../src/core/flows/doctor.ts'
import { cancelOrders } from '../../src/core/flows/steer-orders.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { previewTemplate } from '../../src/core/flows/preview-template.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { rekey } from '../../src/core/flows/secrets.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { sendToFolder } from '../../src/core/flows/send-sandbox.ts'
import { setType } from '../../src/core/flows/types.ts'
import { PASSWORD_MASK } from '../../src/core/model/portal.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { verifyPassword } from '../../src/core/secrets/password-hash.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { findAccess } from '../../src/core/store/portal-access.ts'
import { makePdf, writeErpFolder } from '../support/cfdi-factory.ts'
import { testCtx, URE, useProfile } from '../support/ctx.ts'
import { NOTHING } from '../support/packaging.ts'
import { smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const PORTAL = 'https://facturas.example.com/portal'
const SEND = { limit: null, profile: null }
const ACCESS = { user: undefined, password: undefined }
const PASSWORD = /[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}/

/** A house whose GRAL gives access, with a server, and a folder of documents by folio. */
async function house(
  t: TestContext,
  portalAccess: 'with' | 'instead' = 'with',
  server: SmtpServerOptions = {},
) {
  const settings = { ...DEFAULT_SETTINGS, portalUrl: PORTAL }
  const { ctx, clock } = await testCtx(t, { settings })
  const mail = await smtpServer(t, server)
  await useProfile(ctx, mail.port)
  await setType(ctx, 'GRAL', { portalAccess })
  const folder = tempFolder(t)
  const pack = async (folios: readonly string[], changes: Partial<typeof NOTHING> = {}) => {
    await writeErpFolder(
      folder,
      folios.map((folio) => ({ cfdi: { folio }, pdf: makePdf(folio, 2000) })),
    )
    return packageCfdis(ctx, { ...NOTHING, sources: [folder], ...changes })
  }
  const texts = async () =>
    (await Promise.all(mail.messages.map(({ raw }) => simpleParser(raw)))).map(({ text }) => text ?? '')
  return { ctx, clock, mail, pack, texts, folder }
}

function passwordIn(text = ''): string {
  const [, password = ''] = new RegExp(`Contraseña: (${PASSWORD.source})`).exec(text) ?? []
  return password
}

async function isKept({ db }: Ctx, password: string): Promise<boolean> {
  return verifyPassword(password, (await findAccess(db, 'C00001'))?.passwordHash ?? '')
}

/** Everything that is written in the store but the sealed texts. */
async function written(ctx: Ctx): Promise<string> {
  const orders = await ctx.db.selectFrom('send_order').selectAll().execute()
  const access = await ctx.db.selectFrom('portal_access').selectAll().execute()
  const passwords = await ctx.db.selectFrom('order_password').selectAll().execute()
  const events = await listEvents(ctx.db, {})
  return JSON.stringify({ orders, access, passwords, events })
}

describe('portal access by mail', () => {
  test('goes with the files: the RFC as user, a first password once, afterwards the link to recover it', async (t) => {
    const { ctx, mail, pack, texts } = await house(t)
    await pack(['1', '2'])
    await sendDue(ctx, SEND)
    await pack(['3'])
    await sendDue(ctx, SEND)
    const said = await texts()
    assert.equal(said.length, 3)
    for (const text of said) {
      assert.match(text, /Usuario: URE180429TM6/)
      assert.ok(text.includes(PORTAL) && !text.includes(PASSWORD_MASK))
    }
    const withPassword = said.filter((text) => text.includes('Contraseña:'))
    assert.equal(withPassword.length, 1)
    const password = passwordIn(withPassword[0])
    for (const text of said.filter((each) => each !== withPassword[0])) {
      assert.ok(!text.includes(password) && text.includes(`${PORTAL}/recuperar`))
    }
    assert.ok(await isKept(ctx, password))
    const kept = await findAccess(ctx.db, 'C00001')
    assert.deepEqual([kept?.user, kept?.temporary], ['URE180429TM6', true])
    for (const { raw } of mail.messages) assert.equal((await simpleParser(raw)).attachments.length, 2)
    // The store says it nowhere, not even sealed any more.
    assert.ok(!(await written(ctx)).includes(password))
    assert.deepEqual(await ctx.db.selectFrom('order_password').selectAll().execute(), [])
  })

  test('is hidden in every look at the message before it leaves', async (t) => {
    const { ctx, pack } = await house(t)
    await pack(['1'])
    const folder = tempFolder(t)
    await sendToFolder(ctx, { ...SEND, folder })
    const [file = ''] = readdirSync(folder)
    const { text = '', html } = await simpleParser(readFileSync(join(folder, file)))
    assert.ok(text.includes(`Contraseña: ${PASSWORD_MASK}`) && String(html).includes(PASSWORD_MASK))
    const log = await listEvents(ctx.db, { customer: 'C00001' })
    assert.deepEqual(
      log.filter(({ event }) => event === 'portal-access-given').map(({ detail }) => detail),
      ['URE180429TM6'],
    )
  })

  test('gives the same bytes on every try, also after the key was changed', async (t) => {
    const raws: string[] = []
    const onMessage = ({ raw }: { readonly raw: Buffer }) =>
      raws.push(raw.toString('latin1')) === 1 ? '451 4.7.1 Greylisted' : undefined
    const { ctx, clock, pack } = await house(t, 'with', { onMessage })
    await pack(['1'])
    await sendDue(ctx, SEND)
    await rekey(ctx, 'keep')
    clock.minutes = 30
    await sendDue(ctx, SEND)
    assert.equal(raws.length, 2)
    assert.equal(new Set(raws).size, 1)
    assert.ok(!raws[0]?.includes(PASSWORD_MASK))
  })

  test('goes instead of the files, also where there is no PDF, and says so', async (t) => {
    const { ctx, mail, folder } = await house(t, 'instead')
    await writeErpFolder(folder, [{ cfdi: { folio: '9' } }])
    const { documents, orders } = await packageCfdis(ctx, { ...NOTHING, sources: [folder] })
    assert.deepEqual(
      documents.map(({ result, reason }) => [result, reason]),
      [['queued', null]],
    )
    assert.deepEqual(orders[0]?.attachments, [])
    await sendDue(ctx, SEND)
    const sent = await simpleParser(mail.messages[0]?.raw ?? '')
    assert.deepEqual(sent.attachments, [])
    assert.match(sent.text ?? '', /no lleva archivos[^]*Descargue el XML/)
    assert.match(sent.subject ?? '', /^Su acceso al portal: Factura/)
  })

  test('is refused document by document while the settings name no portal, and doctor says so', async (t) => {
    const { ctx } = await testCtx(t)
    await setType(ctx, 'GRAL', { portalAccess: 'with' })
    const folder = tempFolder(t)
    await writeErpFolder(folder, [{ cfdi: { folio: '1' }, pdf: makePdf('1', 2000) }])
    const { documents } = await packageCfdis(ctx, { ...NOTHING, sources: [folder] })
    assert.deepEqual(
      documents.map(({ result, reason }) => [result, reason]),
      [['skipped', 'no-portal-url']],
    )
    const { findings } = await doctor(
      { ...ctx, storeHealth: async () => ({ sound: true, detail: '' }) },
      'offline',
    )
    assert.ok(findings.some(({ code, level }) => code === 'portal-url-missing' && level === 'error'))
  })

  test('tells the password again in what replaces a mail that never left', async (t) => {
    const { ctx, pack, texts } = await house(t)
    await pack(['1'])
    await pack(['1'], { repetition: 'again', reason: 'se corrigió el correo' })
    await sendDue(ctx, SEND)
    const said = await texts()
    assert.equal(said.length, 1)
    const password = passwordIn(said[0])
    assert.ok(await isKept(ctx, password))
  })

  test('of a mail that was cancelled is a first one again in the next mail', async (t) => {
    const { ctx, pack, texts } = await house(t)
    const { orders } = await pack(['1'])
    await cancelOrders(ctx, { orders: orders.map(({ id }) => id), recipients: [], reason: 'otra' } as never)
    await sendDue(ctx, SEND)
    await pack(['2'])
    await sendDue(ctx, SEND)
    assert.match((await texts())[0] ?? '', /Contraseña: /)
  })

  test('sent again says where to recover what is no longer kept', async (t) => {
    const { ctx, pack, texts } = await house(t)
    const { orders } = await pack(['1'])
    await sendDue(ctx, SEND)
    await resendOrders(ctx, {
      ...{ orders: orders.map(({ id }) => id), clients: [], period: ALWAYS, states: null, to: [] },
      ...{ keep: 'once', reason: 'no le llegó', confirmed: 'no' },
    })
    await sendDue(ctx, SEND)
    const [, again = ''] = await texts()
    assert.match(again, new RegExp(`Contraseña: ${PORTAL}/recuperar`))
  })

  test('shows a sample, and a real document without giving anything', async (t) => {
    const { ctx, pack } = await house(t)
    const sample = await previewTemplate(ctx, {
      uuid: undefined,
      template: 'portal-access',
      customer: undefined,
      out: undefined,
    })
    assert.match(sample.text, /Usuario: URE180429TM6\nContraseña: \[clave-oculta\]/)
    const { documents } = await pack(['1'], { mode: 'dry-run' })
    const uuid = documents[0]?.uuid ?? ''
    const real = await previewTemplate(ctx, {
      uuid,
      template: undefined,
      customer: undefined,
      out: undefined,
    })
    assert.match(real.text, /Usuario: URE180429TM6\nContraseña: \[clave-oculta\]/)
    assert.equal(await findAccess(ctx.db, 'C00001'), undefined)
  })

  test('finds its fields in a text of one’s own, by their names in the page', async (t) => {
    const { ctx, pack, texts } = await house(t)
    const body =
      'U @@nickname_asociado C @@password_asociado E @@url_ingresar_kiosko R @@url_recuperar_password.'
    await setType(ctx, 'GRAL', { body })
    await pack(['1'])
    await sendDue(ctx, SEND)
    assert.match(
      (await texts())[0] ?? '',
      new RegExp(`^U URE180429TM6 C ${PASSWORD.source} E ${PORTAL} R ${PORTAL}/recuperar\\.`),
    )
    await assert.rejects(setType(ctx, 'GRAL', { subject: 'Clave @@password_asociado' }), {
      code: 'BAD_TEMPLATE',
    })
  })

  test('makes no password that no mail says', async (t) => {
    const { ctx, pack } = await house(t)
    await setType(ctx, 'GRAL', { body: 'Entre a @@url_ingresar_kiosko con @@nickname_asociado' })
    await pack(['1'])
    const kept = await findAccess(ctx.db, 'C00001')
    assert.deepEqual([kept?.user, kept?.passwordHash], ['URE180429TM6', null])
  })

  test('gives customers of one RFC users of their own', async (t) => {
    const { ctx, pack, texts } = await house(t)
    await pack(['1'])
    await sendDue(ctx, SEND)
    await saveCustomer(ctx.db, { ...URE, code: 'C00002' }, ctx.now())
    await pack(['2'], { clients: ['C00002'] })
    await sendDue(ctx, SEND)
    assert.match((await texts()).at(-1) ?? '', /Usuario: C00002/)
  })
})

describe('customers access', () => {
  test('shows what the next mail would give, and never a password', async (t) => {
    const { ctx } = await house(t)
    assert.deepEqual(await customerAccess(ctx, 'c00001', ACCESS), {
      ...{ kind: 'portal-access', customer: 'C00001', name: URE.name, user: 'URE180429TM6' },
      ...{ password: 'none', pendingOrder: null, updatedAt: null, portalUrl: PORTAL },
    })
  })

  test('sets user and password by hand: then mails bring the link, never a password', async (t) => {
    const { ctx, pack, texts } = await house(t)
    const typing = { ...ctx, readStdin: async () => 'una-clave-larga\n' }
    const set = await customerAccess(typing, 'C00001', { user: 'ure.compras', password: 'stdin' })
    assert.deepEqual([set.user, set.password], ['URE.COMPRAS', 'own'])
    await pack(['1'])
    await sendDue(ctx, SEND)
    const [text = ''] = await texts()
    assert.match(text, /Usuario: URE\.COMPRAS/)
    assert.ok(!text.includes('Contraseña:') && text.includes('/recuperar'))
    assert.ok(!(await written(ctx)).includes('una-clave-larga'))
    const reset = await customerAccess(ctx, 'C00001', { user: undefined, password: 'none' })
    assert.equal(reset.password, 'none')
    await pack(['2'])
    await sendDue(ctx, SEND)
    assert.match((await texts())[1] ?? '', /Contraseña: /)
    const events = (await listEvents(ctx.db, {})).filter(({ event }) => event === 'portal-access-saved')
    assert.deepEqual(events.map(({ detail }) => detail).sort(), [
      'password reset',
      'user URE.COMPRAS, password set',
    ])
  })

  test('holds a mail whose first password was replaced meanwhile', async (t) => {
    const { ctx, mail, pack } = await house(t)
    await pack(['1'])
    await customerAccess({ ...ctx, readStdin: async () => 'una-clave-larga' }, 'C00001', {
      ...ACCESS,
      password: 'stdin',
    })
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual([mail.messages.length, totals.held], [0, 2])
  })

  test('refuses a user of another customer, one that is none, and a short password', async (t) => {
    const { ctx, pack } = await house(t)
    await pack(['1'])
    await saveCustomer(ctx.db, { ...URE, code: 'C00002' }, ctx.now())
    const change = (user: string) => customerAccess(ctx, 'C00002', { ...ACCESS, user })
    await assert.rejects(change('ure180429tm6'), {
      code: 'BAD_PORTAL_ACCESS',
      params: { variant: 'taken', value: 'URE180429TM6', owner: 'C00001' },
    })
    await assert.rejects(change('con espacio'), { code: 'BAD_PORTAL_ACCESS' })
    const short = { ...ctx, readStdin: async () => 'corta' }
    await assert.rejects(customerAccess(short, 'C00002', { ...ACCESS, password: 'stdin' }), {
      code: 'BAD_PORTAL_ACCESS',
    })
    assert.equal(await findAccess(ctx.db, 'C00002'), undefined)
  })
})
