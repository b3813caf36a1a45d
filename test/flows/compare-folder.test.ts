/** A folder is compared with the index here or by a second thread, which tells the same, whatever becomes of it. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { compareBeside, startComparingThread } from '../../src/core/flows/compare-beside.ts'
import { type Compared, compareFolder, type Difference } from '../../src/core/flows/compare-folder.ts'
import { indexSources } from '../../src/core/flows/index-sources.ts'
import { engineOf } from '../../src/core/store/engine.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { fileCtx } from '../support/store-file.ts'
import { tempFolder } from '../support/temp.ts'

const FILES = 1_700

/** A store that knows a folder in which since then everything happened that may. */
async function changedFolder(t: TestContext) {
  const { ctx, store } = await fileCtx(t)
  const folder = tempFolder(t)
  const at = (name: string) => join(folder, name)
  writeFileSync(at('0.xml'), makeCfdi())
  for (let i = 1; i < FILES; i++) copyFileSync(at('0.xml'), at(`${i}.xml`))
  writeFileSync(at('none.xml'), '<nota/>')
  writeFileSync(at('7_Adj.xml'), '<pedido/>')
  await indexSources(ctx, [folder])
  rmSync(at('1.xml'))
  writeFileSync(at('2.xml'), '<otra/>')
  writeFileSync(at('3.pdf'), '%PDF-')
  mkdirSync(at('sub'))
  renameSync(at('4.xml'), at('sub/4.xml'))
  const here = () => compareFolder(engineOf(ctx.db), folder)
  return { ctx, at, here, data: { store, folder } }
}

async function all(steps: Iterable<Compared> | AsyncIterable<Compared>): Promise<Compared[]> {
  const told = []
  for await (const step of steps) told.push(step)
  return told
}

function wordsOf(one: Difference): string {
  if (one.kind === 'closed') return `closed ${one.closed}`
  return one.kind === 'to-read' ? `${one.before} ${one.path}` : `${one.kind} ${one.path}`
}

const never = () => {
  throw new Error('it should not be asked')
}

// Those that only look share one: to make it takes longer than they do.
test('a folder beside its index', async (parent) => {
  const { ctx, at, here, data } = await changedFolder(parent)
  const test = (name: string, look: () => Promise<void>) => parent.test(name, look)

  await test('differs by what is new, another, unusable, gone, or has other papers', async () => {
    const steps = [...here()]
    assert.deepEqual(
      steps.flatMap(({ differences }) => differences.map(wordsOf)).sort(),
      [
        ...[`another ${at('2.xml')}`, `gone ${at('1.xml')}`, `gone ${at('4.xml')}`],
        ...[`nothing ${at('7_Adj.xml')}`, `nothing ${at('sub/4.xml')}`],
        ...[`other-papers ${at('3.xml')}`, `unusable ${at('none.xml')}`],
      ].sort(),
    )
    assert.deepEqual([steps.length, steps[0]?.met, steps[0]?.known], [4, 500, FILES + 1])
  })

  await test('differs in the same way for a second thread', async () => {
    assert.deepEqual(await all(compareBeside(startComparingThread(data), never)), [...here()])
  })

  for (const answered of [0, 1, 3]) {
    await test(`is gone through again here when the thread dies after ${answered} steps`, async () => {
      const thread = startComparingThread(data)
      let asked = 0
      const dying = {
        ...thread,
        ask: async (task: 'more') => {
          const answer = asked++ < answered ? thread.ask(task) : thread.end().then(() => null)
          return await answer
        },
      }
      const steps = [...here()]
      const told = await all(compareBeside(dying, here))
      assert.deepEqual(told.slice(-steps.length), steps)
      assert.ok(told.length <= steps.length + answered, `${told.length} steps`)
    })
  }

  await test('is gone through here when the store cannot be opened a second time', async () => {
    const thread = startComparingThread({ ...data, store: `${data.store}.none` })
    assert.deepEqual(await all(compareBeside(thread, here)), [...here()])
  })

  await test('that is left before its end ends the thread', async () => {
    const thread = startComparingThread(data)
    const steps = compareBeside(thread, never)
    assert.equal(((await steps.next()).value as Compared).met, 500)
    await steps.return(undefined)
    assert.equal(await thread.ask('more'), null)
  })

  // The last: the folder is not there after it.
  await test('is told closed by both when it cannot be listed, and nothing in it as gone', async () => {
    rmSync(data.folder, { recursive: true })
    const steps = [...compareFolder(engineOf(ctx.db), data.folder)]
    assert.deepEqual(
      steps.flatMap(({ differences }) => differences.map(wordsOf)),
      [`closed ${data.folder}`],
    )
    assert.deepEqual(await all(compareBeside(startComparingThread(data), never)), steps)
  })
})
