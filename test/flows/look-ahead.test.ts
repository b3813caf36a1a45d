/** A dry run looks at the index while a second thread still walks. What it tells is what it would tell after the walk. */
import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { indexSources } from '../../src/core/flows/index-sources.ts'
import { indexAndLook } from '../../src/core/flows/look-ahead.ts'
import { packageManyCfdis } from '../../src/core/flows/package-cfdis.ts'
import { takeTurn } from '../../src/core/flows/turn.ts'
import { engineOf } from '../../src/core/store/engine.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { customer, INVOICE, NOTHING } from '../support/packaging.ts'
import { fileCtx } from '../support/store-file.ts'
import { tempFolder } from '../support/temp.ts'

/** More than are walked without a second thread. */
const DOCUMENTS = 2_100
/** One of them. */
const CHANGED = 1_500

/** Many documents, one file that is none, one paper that is XML: those two are read at each run. */
function manyDocuments(): string {
  const folder = tempFolder()
  for (let number = 0; number < DOCUMENTS; number++) {
    writeFileSync(pathOf(folder, number), documentOf(number))
  }
  writeFileSync(pathOf(folder, 'none'), '<nota/>')
  writeFileSync(join(folder, 'F1_Adj.xml'), '<pedido/>')
  return folder
}

function documentOf(number: number | string): Buffer {
  return makeCfdi({ ...INVOICE, folio: String(number) })
}

function pathOf(folder: string, name: number | string): string {
  return join(folder, `F${name}.xml`)
}

interface Look {
  /** How many the index had. */
  readonly files: number
  /** Whether nobody waits for it any more. */
  readonly isStopped: boolean
}

/** Looks how many files the index has; the first time for some turns of the process, or until it is stopped. */
function counting(looks: Look[], turns: number) {
  return async (ctx: Ctx): Promise<number> => {
    const rows = await ctx.db.selectFrom('document').select('path').execute()
    const last = looks.length === 0 ? turns : 0
    for (let turn = 0; turn < last && !ctx.signal.aborted; turn++) await takeTurn()
    looks.push({ files: rows.length, isStopped: ctx.signal.aborted })
    return rows.length
  }
}

/** One file that is changed until the end of a test. */
interface Changed {
  readonly path: string
  readonly now: Buffer | null
  readonly before: Buffer | null
}

function change(t: TestContext, { path, now, before }: Changed): void {
  const put = (content: Buffer | null) => {
    rmSync(path, { force: true })
    if (content !== null) writeFileSync(path, content)
  }
  put(now)
  t.after(() => {
    put(before)
  })
}

describe('in a folder of many known files', { concurrency: false }, () => {
  const folder = manyDocuments()
  const place = { folders: [folder], onWait: () => undefined }
  const known = DOCUMENTS + 1
  const added = { path: pathOf(folder, 'new'), now: documentOf('new'), before: null }
  const gone = { path: pathOf(folder, CHANGED), now: null, before: documentOf(CHANGED) }

  /** A store that knows most of the folder: to read all of it anew for each test takes longer than the test. */
  let image: Buffer | undefined
  async function indexed(t: TestContext) {
    const house = await fileCtx(t, {}, image)
    await indexSources(house.ctx, [folder])
    image ??= engineOf(house.ctx.db).database.serialize()
    return house
  }

  test('a look stands when nothing has changed, though what is no document was read again', async (t) => {
    const { ctx } = await indexed(t)
    const looks: Look[] = []
    assert.equal(await indexAndLook(ctx, place, counting(looks, 5)), known)
    assert.deepEqual(looks, [{ files: known, isStopped: false }])
  })

  test('a look is stopped, and done again, when a file is new', async (t) => {
    const { ctx } = await indexed(t)
    const looks: Look[] = []
    change(t, added)
    assert.equal(await indexAndLook(ctx, place, counting(looks, Infinity)), known + 1)
    assert.deepEqual(looks, [
      { files: known, isStopped: true },
      { files: known + 1, isStopped: false },
    ])
  })

  test('a look is stopped, and done again, when a file is another', async (t) => {
    const { ctx } = await indexed(t)
    const looks: Look[] = []
    change(t, { ...gone, now: documentOf('other') })
    assert.equal(await indexAndLook(ctx, place, counting(looks, Infinity)), known)
    assert.deepEqual(
      looks.map(({ isStopped }) => isStopped),
      [true, false],
    )
  })

  test('a look that is over before the walk is done again when a file is gone', async (t) => {
    const { ctx } = await indexed(t)
    const looks: Look[] = []
    change(t, gone)
    assert.equal(await indexAndLook(ctx, place, counting(looks, 0)), known - 1)
    assert.deepEqual(
      looks.map(({ files }) => files),
      [known, known - 1],
    )
  })

  test('a look is done again when another process wrote meanwhile', async (t) => {
    const { ctx, other } = await indexed(t)
    const looks: Look[] = []
    const look = counting(looks, 0)
    const files = await indexAndLook(ctx, place, async (ctx) => {
      const found = await look(ctx)
      if (looks.length === 1) other.exec("insert into cancelled_document values ('A', '', '')")
      return found
    })
    assert.deepEqual([files, looks.length], [known, 2])
  })

  test('what a look dies of is told when it stands, and forgotten when it does not', async (t) => {
    const { ctx } = await indexed(t)
    let looks = 0
    const dying = async () => {
      await takeTurn()
      if (++looks === 1) throw new Error('first')
      return looks
    }
    await assert.rejects(indexAndLook(ctx, place, dying), /first/)
    assert.equal(looks, 1)
    looks = 0
    change(t, added)
    assert.equal(await indexAndLook(ctx, place, dying), 2)
  })

  test('what the walk dies of ends the look, and is what is told', async (t) => {
    const { ctx } = await indexed(t)
    const looks: Look[] = []
    const progress = () => {
      throw new Error('walk')
    }
    await assert.rejects(indexAndLook({ ...ctx, progress }, place, counting(looks, Infinity)), /walk/)
    assert.deepEqual(looks, [{ files: known, isStopped: true }])
  })

  // "6,000 de 6,000 · faltan 0:00" stood there while thousands were still to come.
  test('a walk says of how many only as long as the index knows it', async (t) => {
    const { ctx } = await fileCtx(t)
    const walked = async () => {
      const told: (readonly [done: number, total: number])[] = []
      const progress = (_stage: string, ...counts: [done: number, total: number]) => told.push(counts)
      await indexSources({ ...ctx, progress }, [folder])
      return told
    }
    const first = await walked()
    assert.ok(first.length > 1)
    assert.ok(first.every(([done, total]) => done > 0 && total === 0))
    const again = await walked()
    assert.deepEqual(again.at(0), [500, known])
    assert.equal(again.at(-1)?.[0], known + 1)
  })

  test('a signal during the walk ends both, and nothing is said of what was found', async (t) => {
    const { ctx } = await indexed(t)
    const controller = new AbortController()
    const progress = (stage: string) => {
      if (stage === 'index') controller.abort()
    }
    const stopped = { ...ctx, signal: controller.signal, progress, reader: 'nobody' as const }
    const request = { ...NOTHING, sources: [folder], mode: 'dry-run' } as const
    const { totals } = await packageManyCfdis(stopped, request)
    assert.equal(totals.documents, 0)
    assert.equal((await packageManyCfdis({ ...ctx, reader: 'nobody' }, request)).totals.documents, known)
  })

  for (const reader of ['nobody', 'person', 'script'] as const) {
    test(`a dry run tells ${reader} the same ahead and after a walk that found news`, async (t) => {
      const { ctx } = await indexed(t)
      await customer(ctx, { code: 'C00001', name: 'X', rfc: INVOICE.receiverRfc, email: 'x@ure.example' })
      const stages: string[] = []
      const progress = (stage: string) => {
        if (stages.at(-1) !== stage) stages.push(stage)
      }
      const request = { ...NOTHING, sources: [folder], mode: 'dry-run' } as const
      change(t, added)
      const told = async () => {
        const run = await packageManyCfdis({ ...ctx, reader, progress }, request)
        return { ...run, documents: [...run.documents], orders: [...run.orders] }
      }
      const again = await told()
      assert.equal(again.totals.documents, known + 1)
      assert.deepEqual(await told(), again)
      assert.equal(stages[0], 'index')
      assert.ok(!stages.join(' ').includes('package index package index'), stages.join(' '))
    })
  }
})
