/** The page "Crear correos electrónicos" of a customer group: its internal addresses and its six notices. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { simpleParser } from 'mailparser'
import { importCustomers } from '../../src/core/flows/customer-import.ts'
import { exportCustomers } from '../../src/core/flows/customer-export.ts'
import { setCustomer, showCustomer } from '../../src/core/flows/customers.ts'
import {
  addGroup,
  type GroupFields,
  listGroups,
  removeGroup,
  setGroup,
  showGroup,
} from '../../src/core/flows/groups.ts'
import { notifyGroup, previewNotice } from '../../src/core/flows/notify-group.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { checkNotice } from '../../src/core/message/group-notice.ts'
import { GROUP_NOTICES } from '../../src/core/message/defaults/group-notices.ts'
import { GROUP_EVENTS, isSwitchable } from '../../src/core/model/customer-group.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { findAccess } from '../../src/core/store/portal-access.ts'
import { errorText } from '../../src/ui/messages/index.ts'
import { testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const PORTAL = 'https://facturas.example.com/portal'
const NOTHING: GroupFields = {
  ...{ name: undefined, requestsTo: undefined, noticesFrom: undefined, event: undefined },
  ...{ enabled: undefined, subject: undefined, body: undefined },
}
const MAYOREO: GroupFields = {
  ...NOTHING,
  ...{ name: 'Mayoreo', requestsTo: 'accesos@emisor.example', noticesFrom: 'avisos@emisor.example' },
}
const wish = (event: string, to: readonly string[] = []) => ({
  group: 'mayoreo',
  event,
  client: 'C00001',
  to,
})

/** A group with one customer, and a server for its notices. */
async function house(t: TestContext, portalUrl: string | null = PORTAL) {
  const settings = { ...DEFAULT_SETTINGS, portalUrl, companyName: 'Emisor, S.A.' }
  const { ctx } = await testCtx(t, { settings })
  const mail = await smtpServer(t)
  await useProfile(ctx, mail.port)
  await addGroup(ctx, ' mayoreo ', MAYOREO)
  await setCustomer(ctx, 'C00001', { group: 'Mayoreo' })
  return { ctx, mail }
}

describe('customer groups', () => {
  test('have an internal address for requests, a sender for notices, and six notices', async (t) => {
    const { ctx } = await house(t)
    const group = await showGroup(ctx, 'Mayoreo')
    assert.deepEqual(
      [group.code, group.name, group.requestsTo, group.noticesFrom, group.customers],
      ['MAYOREO', 'Mayoreo', 'accesos@emisor.example', 'avisos@emisor.example', 1],
    )
    assert.deepEqual(
      group.notices.map(({ event, enabled, own }) => [event, enabled, own]),
      GROUP_EVENTS.map((event) => [event, true, false]),
    )
    assert.deepEqual(
      (await listGroups(ctx)).groups.map(({ code, customers }) => [code, customers]),
      [['MAYOREO', 1]],
    )
    assert.equal((await showCustomer(ctx, 'C00001')).group, 'MAYOREO')
  })

  test('are refused when twice, misnamed, unknown or still of somebody', async (t) => {
    const { ctx } = await house(t)
    await assert.rejects(addGroup(ctx, 'MAYOREO', NOTHING), { code: 'GROUP_EXISTS' })
    await assert.rejects(addGroup(ctx, 'con espacio', NOTHING), { code: 'BAD_GROUP' })
    await assert.rejects(setGroup(ctx, 'MAYOREO', { ...NOTHING, requestsTo: 'nadie' }), {
      code: 'BAD_ADDRESS',
    })
    await assert.rejects(setGroup(ctx, 'MAYOREO', { ...NOTHING, event: 'new-contact' }), {
      code: 'NOTHING_TO_CHANGE',
    })
    await assert.rejects(setCustomer(ctx, 'C00001', { group: 'OTRO' }), { code: 'GROUP_NOT_FOUND' })
    await assert.rejects(removeGroup(ctx, 'MAYOREO'), {
      code: 'GROUP_IN_USE',
      params: { code: 'MAYOREO', count: 1 },
    })
    await setCustomer(ctx, 'C00001', { group: '' })
    await removeGroup(ctx, 'MAYOREO')
    assert.deepEqual((await listGroups(ctx)).groups, [])
    const events = (await listEvents(ctx.db, {})).map(({ event, detail }) => `${event} ${detail}`)
    assert.ok(events.includes('group-saved MAYOREO') && events.includes('group-removed MAYOREO'))
  })

  test('are a column of the table of customers, in and out', async (t) => {
    const { ctx } = await house(t)
    const { csv } = await exportCustomers(ctx, undefined)
    assert.match(csv ?? '', /^[^\n]*,"group"[,\r\n]/)
    assert.match(csv ?? '', /MAYOREO/)
    const typing = {
      ...ctx,
      readStdin: async () => 'clave,nombre,grupo\nC00002,Dos,mayoreo\nC00003,Tres,NADA\n',
    }
    const wanted = { file: '-', folders: undefined, update: undefined, dryRun: undefined }
    const { created, rejected } = await importCustomers(typing, wanted)
    assert.deepEqual(created, ['C00002'])
    assert.deepEqual(
      rejected.map(({ field, value, problem }) => [field, value, problem]),
      [['group', 'NADA', 'unknown-group']],
    )
    assert.equal((await showCustomer(ctx, 'C00002')).group, 'MAYOREO')
  })
})

describe('notices of a group', () => {
  for (const event of GROUP_EVENTS) {
    test(`${event} has words that no document is needed for, and can be looked at`, async (t) => {
      assert.deepEqual(checkNotice(GROUP_NOTICES[event]), [])
      const { ctx } = await house(t)
      const out = join(tempFolder(t), 'aviso.html')
      const { subject, text, template, customer } = await previewNotice(ctx, wish(event), out)
      assert.equal(customer, 'C00001')
      assert.equal(template, `MAYOREO/${event}`)
      assert.doesNotMatch(`${subject}${text}`, /\{\{|undefined|null|factura [A-Z]/)
      assert.match(text, /URE180429TM6[^]*Emisor, S\.A\./)
      assert.match(readFileSync(out, 'utf8'), /^<!DOCTYPE html>/)
      assert.deepEqual(await listOrders(ctx.db, {}), [])
    })
  }

  test('go out like any order: from the group’s address, with its words, in the log', async (t) => {
    const { ctx, mail } = await house(t)
    await setGroup(ctx, 'MAYOREO', {
      ...NOTHING,
      event: 'validacion-confirmada',
      subject: 'Listo @@cliente',
      body: 'Entre con @@nickname_asociado en @@url_ingresar_kiosko ({{groupName}})',
    })
    const told = await notifyGroup(ctx, wish('validation-confirmed'))
    assert.deepEqual([told.state, told.recipients], ['pending', ['uno@ure.example', 'dos@ure.example']])
    assert.deepEqual((await findAccess(ctx.db, 'C00001'))?.user, 'URE180429TM6')
    const { totals } = await sendDue(ctx, { limit: null, profile: null })
    assert.equal(totals.sent, 2)
    const sent = await simpleParser(mail.messages[0]?.raw ?? '')
    assert.equal(sent.from?.value[0]?.address, 'avisos@emisor.example')
    assert.equal(sent.subject, 'Listo UNIVERSIDAD ROBOTICA ESPAÑOLA')
    assert.equal(sent.text?.trim(), `Entre con URE180429TM6 en ${PORTAL} (Mayoreo)`)
    const [order] = await listOrders(ctx.db, { ids: [told.order] })
    assert.ok(order !== undefined)
    const { reason, state, documents, attachments } = order
    assert.deepEqual(
      [reason, state, documents, attachments],
      ['MAYOREO validation-confirmed', 'sent', [], []],
    )
  })

  test('go to the contact that is named, by name', async (t) => {
    const { ctx, mail } = await house(t)
    await setCustomer(ctx, 'C00001', {
      contacts: [{ name: 'Ana Ruiz', email: 'ana@ure.example', getsInvoices: false }],
    })
    await notifyGroup(ctx, wish('contacto-nuevo', ['ana@ure.example']))
    await sendDue(ctx, { limit: null, profile: null })
    assert.deepEqual(
      mail.messages.map(({ recipients }) => recipients),
      [['ana@ure.example']],
    )
    const { text = '' } = await simpleParser(mail.messages[0]?.raw ?? '')
    assert.match(text, /Estimado Ana Ruiz:[^]*accesos@emisor\.example/)
  })

  test('can be switched off where the page says so, and only there', async (t) => {
    const { ctx } = await house(t)
    for (const event of GROUP_EVENTS) {
      const off = setGroup(ctx, 'MAYOREO', { ...NOTHING, event, enabled: false })
      if (!isSwitchable(event)) {
        const said = await off.catch((error: unknown) => error)
        assert.ok(said instanceof CfdiMailError && said.code === 'NOTICE_ALWAYS_ON')
        assert.match(
          errorText({ language: 'es' }, said).hint ?? '',
          /: solicitud-acceso, contacto-nuevo, contacto-anterior\./,
        )
        continue
      }
      await off
      await assert.rejects(notifyGroup(ctx, wish(event)), { code: 'NOTICE_OFF' })
      await setGroup(ctx, 'MAYOREO', { ...NOTHING, event, enabled: true })
      assert.equal((await notifyGroup(ctx, wish(event))).state, 'pending')
    }
  })

  test('are refused with a field that does not exist, or that only documents have', async (t) => {
    const { ctx } = await house(t)
    const say = (body: string) => setGroup(ctx, 'MAYOREO', { ...NOTHING, event: 'password-reset', body })
    for (const body of [
      '{{nada}}',
      '@@no_existe',
      'Folio {{folio}}',
      '{{#if uuid}}x{{/if}}',
      '{{#each documents}}x{{/each}}',
      '@@password_asociado',
    ])
      await assert.rejects(say(body), { code: 'BAD_TEMPLATE' }, body)
    await assert.rejects(setGroup(ctx, 'MAYOREO', { ...NOTHING, body: 'hola' }), { code: 'CHOOSE_EVENT' })
    await say('hola {{#if contactName}}{{contactName}}{{else}}{{customerName}}{{/if}}')
    const back = await say('')
    assert.equal(back.notices.find(({ event }) => event === 'password-reset')?.own, false)
  })

  test('need the portal’s address where they say it, and the customer in the group', async (t) => {
    const { ctx } = await house(t, null)
    await assert.rejects(notifyGroup(ctx, wish('password-reset')), { code: 'NO_PORTAL_URL' })
    assert.equal((await notifyGroup(ctx, wish('access-request'))).state, 'pending')
    await setCustomer(ctx, 'C00001', { group: '' })
    await assert.rejects(notifyGroup(ctx, wish('access-request')), { code: 'NOT_IN_GROUP' })
  })
})
