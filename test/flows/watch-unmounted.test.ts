import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { watchedView } from '../../src/ui/views/watched.ts'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'
import { watching } from '../support/watching.ts'

const OTHER_DISK = '/dev/shm'

const SHARED = { skip: skipped() }

function skipped(): string | false {
  const other = statSync(OTHER_DISK, { throwIfNoEntry: false })
  return other === undefined || other.dev === statSync('.').dev
    ? `${OTHER_DISK} is no disk of its own`
    : false
}

/** A source that is on another disk, as one that is mounted there: what it leads to is exchanged. */
function mounted(t: TestContext) {
  const disk = mkdtempSync(join(OTHER_DISK, 'cfdi-mail-'))
  t.after(() => rmSync(disk, { recursive: true }))
  const bare = join(tempFolder(t), 'bare')
  mkdirSync(bare)
  const source = join(tempFolder(t), 'source')
  symlinkSync(disk, source)
  const lead = (to: string) => {
    unlinkSync(source)
    symlinkSync(to, source)
  }
  return { disk, source, unmount: () => lead(bare), mount: () => lead(disk) }
}

async function begun(t: TestContext, source: string) {
  const { ctx } = await testCtx(t)
  const watch = watching(t, { ...ctx, settings: { ...ctx.settings, sources: [source] } }, { sources: [] })
  assert.match(await watch.nextWords(), /^started/)
  const known = async () => (await ctx.db.selectFrom('document').select('path').execute()).length
  return { ...watch, known }
}

function drop(folder: string, folio: string): void {
  writeFileSync(join(folder, `${folio}.xml`), makeCfdi({ folio }))
  writeFileSync(join(folder, `${folio}.pdf`), makePdf(folio, 500))
}

describe('watch', { timeout: 60_000 }, () => {
  // A share that was unmounted left an empty folder: `watch` forgot its documents and said nothing.
  test('tells once that a disk was unmounted, forgets nothing, and tells its return', SHARED, async (t) => {
    const { disk, source, mount, unmount } = mounted(t)
    const { next, nextWords, known } = await begun(t, source)
    drop(disk, '1')
    assert.equal(await nextWords(), 'packaged 1')
    unmount()
    const lost = await next()
    assert.ok(lost.kind === 'watched' && lost.event === 'source-lost')
    assert.deepEqual([lost.unmounted, lost.needsPerson, await known()], [true, true, 1])
    const context = makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' })
    assert.match(watchedView(lost, context), /quedó vacía: se desmontó .* nada se olvidó$/)
    mount()
    assert.equal(await nextWords(), 'source-back')
    drop(disk, '2')
    assert.equal(await nextWords(), 'packaged 2')
  })

  test('says nothing of a folder that somebody emptied', async (t) => {
    const folder = tempFolder(t)
    const { nextWords, known } = await begun(t, folder)
    drop(folder, '1')
    assert.equal(await nextWords(), 'packaged 1')
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    const later = nextWords()
    while ((await known()) > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    drop(folder, '2')
    assert.equal(await later, 'packaged 2')
  })
})
