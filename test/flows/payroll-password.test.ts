import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { setOwnFilePassword } from '../../src/core/flows/own-file-password.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { setType } from '../../src/core/flows/types.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { packageDocuments, useProfile } from '../support/ctx.ts'
import { folderWith, NOTHING } from '../support/packaging.ts'
import { INGRID, MIGUEL, payrollHouse, payrollOf } from '../support/payroll.ts'
import { program } from '../support/programs.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const sevenZip = program('7z')

describe('payroll behind a password', () => {
  test(
    'travels in a ZIP that a foreign program opens with it; the mail says the rule and never the password',
    { skip: sevenZip.skip },
    async (t) => {
      const { ctx } = await payrollHouse(t)
      const server = await smtpServer(t)
      await useProfile(ctx, server.port)
      await setType(ctx, 'NOMINA', { passwordRule: 'rfc-last-4' })
      await packageDocuments(t, ctx, [payrollOf(INGRID, '1')])
      await sendDue(ctx, { limit: null, profile: null })
      const mail = await simpleParser(server.messages[0]?.raw ?? '')
      const said = `${mail.subject ?? ''} ${mail.text ?? ''} ${mail.html || ''}`
      assert.match(said, /los últimos 4 caracteres de su RFC/)
      assert.doesNotMatch(said, /9U48|XOJI740919U48|116\.00/)
      const [attachment] = mail.attachments
      assert.deepEqual(mail.attachments.length, 1)
      const zip = join(tempFolder(t), 'recibo.zip')
      writeFileSync(zip, attachment?.content ?? '')
      const open = (password: string) =>
        spawnSync(sevenZip.path, ['x', '-so', `-p${password}`, zip, '*.xml'], { maxBuffer: 1 << 26 })
      assert.deepEqual(open('9U48').stdout, makeCfdi(payrollOf(INGRID, '1')))
      assert.notEqual(open('otra').status, 0)
      const listed = spawnSync(sevenZip.path, ['l', '-slt', zip]).stdout.toString()
      assert.match(listed, /Method = AES-256/)
    },
  )

  test('stays where the datum is missing, or where the mail would say it', async (t) => {
    const { ctx } = await payrollHouse(t)
    await setType(ctx, 'NOMINA', { passwordRule: 'curp' })
    const sources = [
      await folderWith(t, [{ cfdi: payrollOf(INGRID, '1') }, { cfdi: payrollOf(MIGUEL, '2') }]),
    ]
    const run = async () => (await packageCfdis(ctx, { ...NOTHING, sources, mode: 'write' })).documents
    await setType(ctx, 'NOMINA', { body: `Su CURP es ${INGRID.curp}` })
    assert.deepEqual(
      (await run())
        .map(({ customer, reason, detail }) => [customer, reason, reason === 'no-password' ? detail : ''])
        .sort(),
      [
        ['E00001', 'password-in-mail', ''],
        ['E00002', 'no-password', 'E00002: curp'],
      ],
    )
    await setType(ctx, 'NOMINA', { body: '', passwordRule: 'none' })
    assert.deepEqual(
      (await run()).map(({ reason }) => reason),
      [null, null],
    )
  })

  test(
    'of one’s own opens the ZIP; it is sealed, in no mail, and who has none gets nothing',
    { skip: sevenZip.skip },
    async (t) => {
      const { ctx } = await payrollHouse(t)
      const server = await smtpServer(t)
      await useProfile(ctx, server.port)
      const password = 'a-Clave & 9 <b>'
      const giving = { ...ctx, readStdin: async () => `${password}\nmás` }
      await setOwnFilePassword(giving, 'e00001', 'stdin')
      await setType(ctx, 'NOMINA', {
        passwordRule: 'own',
        passwordHint: 'la que recibió en Recursos Humanos',
      })
      const sources = [
        await folderWith(t, [{ cfdi: payrollOf(INGRID, '1') }, { cfdi: payrollOf(MIGUEL, '2') }]),
      ]
      const { documents } = await packageCfdis(ctx, { ...NOTHING, sources })
      assert.deepEqual(documents.map(({ customer, reason }) => [customer, reason]).sort(), [
        ['E00001', null],
        ['E00002', 'no-password'],
      ])
      await sendDue(ctx, { limit: null, profile: null })
      const mail = await simpleParser(server.messages[0]?.raw ?? '')
      assert.match(mail.text ?? '', /la que recibió en Recursos Humanos/)
      assert.doesNotMatch(server.messages[0]?.raw.toString() ?? '', /a-Clave/)
      const zip = join(tempFolder(t), 'recibo.zip')
      writeFileSync(zip, mail.attachments[0]?.content ?? '')
      const opened = spawnSync(sevenZip.path, ['x', '-so', `-p${password}`, zip, '*.xml'])
      assert.deepEqual(opened.stdout, makeCfdi(payrollOf(INGRID, '1')))
      const kept = JSON.stringify(await ctx.db.selectFrom('file_password').selectAll().execute())
      assert.ok(kept.includes('v1.') && !kept.includes('Clave'))
    },
  )

  test('of one’s own does not leave in the mail, nor inside a word of it; it is forgotten on request', async (t) => {
    const { ctx } = await payrollHouse(t)
    const sources = [await folderWith(t, [{ cfdi: payrollOf(INGRID, '1') }])]
    const reason = async () => (await packageCfdis(ctx, { ...NOTHING, sources })).documents[0]?.reason
    const give = (clear: string) =>
      setOwnFilePassword({ ...ctx, readStdin: async () => clear }, 'E00001', 'stdin')
    for (const bad of ['corta', 'con acento á', ' alrededor ', ''])
      await assert.rejects(give(bad), { code: 'BAD_FILE_PASSWORD' })
    await give('secreto-9')
    await setType(ctx, 'NOMINA', { passwordRule: 'own', passwordHint: 'es XSECRETO-9X' })
    assert.equal(await reason(), 'password-in-mail')
    await setOwnFilePassword(ctx, 'E00001', 'none')
    assert.equal(await reason(), 'no-password')
  })
})
