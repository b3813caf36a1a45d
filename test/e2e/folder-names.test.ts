import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cli } from '../support/cli.ts'
import { tempFolder } from '../support/temp.ts'

const ERP = fileURLToPath(new URL('../../fixtures/erp', import.meta.url))

// The index asked for one character more than SQLite counts, and found none of the documents that it had just read.
void test('a source folder may have an emoji in its name', async (t) => {
  const program = cli(t)
  const named = join(tempFolder(t), '📁 facturas')
  cpSync(ERP, named, { recursive: true })
  await program.run(['init', '--source', named])
  await program.run(['package', '--all', '--dry-run'])
  const { documents } = await program.json<{ documents: unknown[] }>(['documents', 'list'])
  const packaged = await program.json<{ documents: unknown[] }>(['package', '--all', '--dry-run'])
  assert.ok(documents.length > 0)
  assert.deepEqual(packaged.documents.length, documents.length)
})
