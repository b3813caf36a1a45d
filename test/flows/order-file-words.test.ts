import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { NOTICE_CODES } from '../../src/core/message/notice-codes.ts'
import { ORDER_FILE_REASONS, RECIPIENT_DOUBTS } from '../../src/core/model/results/order-files.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { dropFolder, orderXml, takeOrders } from '../support/order-files.ts'

const TO = ['uno@ure.example']

describe('an order of a customer that does not exist', () => {
  test('is said to be one: it was told that it names nobody, or a stranger', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.write('ajena.xml', makeCfdi({ receiverRfc: 'CACX7605101P8', receiverName: 'OTRA' }))
    const more = '<Cliente clave="C09999"/>'
    drop.order('1', { more })
    drop.order('2', { to: TO, more })
    drop.order('3', { attachments: ['ajena.xml'] })
    drop.order('4', { subject: 'A nadie' })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.map(({ reason, detail, recipients }) => [reason, detail, recipients[0]?.detail]),
      [
        ['unknown-customer', 'C09999', undefined],
        [null, '', 'unknown-customer'],
        ['no-customer', 'CACX7605101P8 OTRA', undefined],
        ['empty-order', '', undefined],
      ],
    )
  })
})

describe('an order whose HTML is not escaped', () => {
  test('is refused and says which element: half of its words were sent', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO, body: 'HTML <p>Su factura</p> gracias' })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      [files[0]?.result, files[0]?.reason, files[0]?.detail],
      ['refused', 'bare-markup', 'Cuerpo'],
    )
  })
})

// It was told to come back under the same name, which is what it was refused for.
test('an order under an identification that was taken is told to come back under another', async (t) => {
  const { ctx } = await testCtx(t)
  const drop = dropFolder(t)
  drop.order('1', { to: TO })
  await takeOrders(ctx, drop.folder)
  drop.order('1', { to: TO, subject: 'Otra' })
  const context = makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' })
  const shown = viewOf(await takeOrders(ctx, drop.folder), context)
  const beside = readFileSync(join(drop.folder, 'bad', '_CFD_MAIL_REQ_1.XML.txt'), 'utf8')
  for (const words of [shown, beside]) {
    assert.match(words, /tuvo la misma identificación; dele otra en su nombre/)
    assert.doesNotMatch(words, /mismo nombre/)
  }
})

test('that orders go by sending is said when one of them does', async (t) => {
  const { ctx } = await testCtx(t)
  const drop = dropFolder(t)
  const context = makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' })
  const run = async (id: string, to: readonly string[]) => {
    drop.order(id, { to, more: '<Cliente clave="C00001"/>' })
    return viewOf(await takeOrders(ctx, drop.folder), context)
  }
  assert.doesNotMatch(await run('1', ['nadie@ajeno.example']), /Envíelas con/)
  assert.match(await run('2', TO), /Envíelas con cfdi-mail enviar/)
})

describe('an entry of the folder that has the name of an order', () => {
  test('and is a link or a folder is said to be that, and stays', async (t) => {
    // Both were told that their name, which was right, was wrong.
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    symlinkSync('/etc/hostname', join(drop.folder, '_CFD_MAIL_REQ_1.XML'))
    mkdirSync(join(drop.folder, '_CFD_MAIL_REQ_2.XML'))
    drop.write('_CFD_MAIL_REQ_ñ.XML', orderXml({ to: TO }))
    // An underscore that was forgotten was no order to anybody, and waited for ever.
    drop.write('CFD_MAIL_REQ_7.xml', orderXml({ to: TO }))

    const { files, needsPerson, totals } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(files.map(({ file, reason }) => [file, reason]).sort(), [
      ['CFD_MAIL_REQ_7.xml', 'bad-name'],
      ['_CFD_MAIL_REQ_1.XML', 'link'],
      ['_CFD_MAIL_REQ_2.XML', 'not-a-file'],
      ['_CFD_MAIL_REQ_ñ.XML', 'bad-name'],
    ])
    assert.deepEqual([needsPerson, totals.waiting], [true, 4])
  })
})

describe('a run that does not reach all', () => {
  test('is not filled by what is no order: a folder with as many as a run takes had no turn for the orders', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    for (let i = 0; i < 6; i++) drop.write(`_CFD_MAIL_REQ_ñ${i}.XML`, 'x')
    for (let i = 0; i < 4; i++) drop.order(String(i), { to: TO, subject: `Orden ${i}` })

    const first = await takeOrders(ctx, drop.folder, { limit: 3 })
    const second = await takeOrders(ctx, drop.folder, { limit: 3 })

    assert.deepEqual([first.totals.queued, first.totals.waiting, first.more], [3, 3, true])
    assert.deepEqual([second.totals.queued, second.more], [1, false])
  })

  test('says that there is more when a signal ends it, as when there are too many', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO })

    const { totals, more } = await takeOrders({ ...ctx, signal: AbortSignal.abort() }, drop.folder)

    assert.deepEqual([totals.files, more], [0, true])
  })
})

describe('the file beside a refused order', () => {
  test('says why in words and what to do: who programs the ERP sees neither screen nor log', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO, attachments: ['../secreto.pdf'] })

    await takeOrders(ctx, drop.folder)

    assert.equal(
      readFileSync(join(drop.folder, 'bad', '_CFD_MAIL_REQ_1.XML.txt'), 'utf8'),
      [
        'file: _CFD_MAIL_REQ_1.XML',
        'reason: outside',
        'detail: ../secreto.pdf',
        '',
        'La ruta de un adjunto sale de la carpeta de adjuntos (../secreto.pdf)',
        'Está en la carpeta bad; corregida, regrésela a la carpeta de las órdenes',
        '',
      ].join('\n'),
    )
  })

  test(
    'can be read by who can read the folder: an ERP that is another user saw its orders go, and not where',
    { skip: process.platform === 'win32' ? 'Windows has no such modes' : false },
    async (t) => {
      const { ctx } = await testCtx(t)
      const drop = dropFolder(t)
      chmodSync(drop.folder, 0o750)
      drop.order('1', { to: TO, attachments: ['../secreto.pdf'] })
      drop.order('2', { to: TO })

      await takeOrders(ctx, drop.folder)

      const modes = ['bad', 'done', 'work', 'bad/_CFD_MAIL_REQ_1.XML.txt'].map(
        (name) => statSync(join(drop.folder, name)).mode & 0o777,
      )
      assert.deepEqual(modes, [0o750, 0o750, 0o700, 0o640])
    },
  )

  test('has words for every reason in both languages', () => {
    for (const code of [...ORDER_FILE_REASONS, ...RECIPIENT_DOUBTS])
      for (const language of ['es', 'en'] as const)
        assert.ok(NOTICE_CODES[language][code], `${code} in ${language}`)
  })
})

describe('the profile of an order file', () => {
  test('is null where none is named: a code of the program stood there', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.write('F.xml', makeCfdi())
    drop.order('1', { to: TO, attachments: ['F.xml'] })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual([files[0]?.result, files[0]?.profile], ['queued', null])
  })
})
