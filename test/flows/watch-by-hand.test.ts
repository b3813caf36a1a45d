import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { setDocumentSetting } from '../../src/core/flows/document-settings.ts'
import type { WatchTold } from '../../src/core/flows/watch.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'
import { watching } from '../support/watching.ts'

const LIMIT = { timeout: 60_000 }

function drop(folder: string, folio: string, kind: 'I' | 'E'): void {
  writeFileSync(join(folder, `${folio}.xml`), makeCfdi({ folio, kind }))
  writeFileSync(join(folder, `${folio}.pdf`), makePdf(folio, 500))
}

/** Invoices wait for a person; credit notes go by themselves. */
async function house(t: TestContext) {
  const { ctx } = await testCtx(t, { now: () => new Date(Date.now() + 60_000) })
  const nothing = { enabled: undefined, subject: undefined, body: undefined }
  await setDocumentSetting(ctx, { kind: 'I', customerClass: '' }, { ...nothing, automatic: false })
  return { ctx, folder: tempFolder(t) }
}

function shown(told: WatchTold): string {
  return viewOf(told, makeViewContext({ language: 'es', width: 200, color: 'off', verbosity: 'normal' }))
}

describe('watch and what goes by hand alone', LIMIT, () => {
  // The screen showed the credit note; the invoice beside it was passed over without a word.
  test('a document that waits for a person is told once, and not as one that cannot leave', async (t) => {
    const { ctx, folder } = await house(t)
    const watch = watching(t, ctx, { folder, patience: { settle: 1, wait: 1000 } })
    await watch.next()
    drop(folder, '1', 'I')
    const told = await watch.next()
    assert.ok(told.kind === 'watched' && told.event === 'not-packaged')
    assert.deepEqual([told.document.reason, told.needsPerson], ['not-automatic', false])
    assert.match(shown(told), / {2}espera {2}I A?-?1 .*se envía con empaquetar/)
    drop(folder, '2', 'E')
    assert.equal(await watch.nextWords(), 'packaged 2')
  })

  test('what was there before is told as a number, with what to type', async (t) => {
    const { ctx, folder } = await house(t)
    drop(folder, '1', 'I')
    const watch = watching(t, ctx, { folder, stay: 'once' })
    const told = await watch.next()
    assert.ok(told.kind === 'watched' && told.event === 'looked')
    assert.deepEqual([told.byHand, told.blocked, told.needsPerson], [1, 0, false])
    assert.match(shown(told), /No sale solo \(ajustes-documento\): 1\. Para enviarlo: cfdi-mail empaquetar/)
  })
})
