import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Host } from '../../src/cli/host.ts'
import { main } from '../../src/cli/main.ts'
import { finished } from '../support/cli.ts'
import { writeErpFolder } from '../support/cfdi-factory.ts'
import { faultHouse } from '../support/fault-house.ts'
import { hostFor } from '../support/main.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

/** The next JSON document of a running program, as it writes them. */
function documents(child: ChildProcess): () => Promise<Record<string, unknown>> {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>
}

test('watch --send packages what is dropped, sends it, refuses a second one, and SIGTERM ends it with 143', async (t) => {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 1, packaged: false })
  const child = house.program.start(
    ['vigilar', '--enviar', '--origen', house.source, '--reposo', '1s', '--json'],
    {},
  )
  t.after(() => child.kill('SIGKILL'))
  const ended = finished(child)
  const next = documents(child)
  const started = await next()
  assert.deepEqual([started['kind'], started['event']], ['watched', 'started'])

  const second = await house.program.run(['watch', '--source', house.source, '--json'])
  assert.equal(second.code, 75)
  assert.equal((JSON.parse(second.stdout) as { code: string }).code, 'WATCH_RUNNING')

  const elsewhere = tempFolder(t)
  await writeErpFolder(elsewhere, [{ cfdi: { folio: '77' } }])
  for (const name of readdirSync(elsewhere)) copyFileSync(join(elsewhere, name), join(house.source, name))
  const told: string[] = []
  while (!told.includes('sent 77')) {
    const event = await next()
    if (event['event'] === 'packaged')
      told.push(...(event['documents'] as { folio: string }[]).map(({ folio }) => `packaged ${folio}`))
    else if (event['kind'] === 'sent' && told.includes('packaged 77')) told.push('sent 77')
  }
  const folios = server.messages.map(({ raw }) => /_A_?(\d+)_/.exec(raw.toString('latin1'))?.[1])
  assert.ok(folios.length === 2, folios.join())
  child.kill('SIGTERM')
  const { code, stderr } = await ended
  assert.deepEqual([code, stderr], [143, ''])
})

test('watch --send goes on sending though nobody reads what it tells', async (t) => {
  const documents = 200
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents, packaged: false })
  const { data, environment } = house.program
  const words = ['watch', '--send', '--source', house.source, '--settle', '1s', '--json']
  const host = hostFor(data, words, environment)
  host.stdin.end()
  const ended = main(host as unknown as Host)
  try {
    const until = Date.now() + 60_000
    while (server.messages.length < documents) {
      assert.ok(Date.now() < until, `${server.messages.length} were sent`)
      await setTimeout(50)
    }
    assert.ok(host.stdout.writableNeedDrain, 'what it told is more than the streams hold')
  } finally {
    host.emit('SIGTERM', 'SIGTERM')
  }
  assert.equal(await ended, 143)
})

test('watch ends with 130 at Ctrl+C, and says where the folders come from when there are none', async (t) => {
  const house = await faultHouse(t, { port: 9, documents: 0, packaged: false })
  const none = await house.program.run(['watch', '--lang', 'en'])
  assert.equal(none.code, 78)
  const child = house.program.start(['watch', '--source', house.source, '--lang', 'es'])
  t.after(() => child.kill('SIGKILL'))
  const ended = finished(child)
  await new Promise((resolve) => child.stdout?.once('data', resolve))
  child.kill('SIGINT')
  const { code, stdout } = await ended
  assert.equal(code, 130)
  assert.match(stdout, /^Vigilando \//)
})
