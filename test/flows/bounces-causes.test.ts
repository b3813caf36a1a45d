import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { openImap } from '../../src/core/bounces/imap.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { errorText } from '../../src/ui/messages/index.ts'

/** A server that speaks IMAP in clear text and nothing else. */
async function clearServer(t: TestContext): Promise<number> {
  const server = createServer((socket) => {
    socket.write('* OK ready\r\n')
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      const [tag = '*', command = ''] = chunk.toString().trim().split(' ')
      const said = command.toUpperCase() === 'CAPABILITY' ? '* CAPABILITY IMAP4rev1\r\n' : ''
      socket.write(`${said}${tag} OK done\r\n`)
    })
  }).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function hintOf(host: string, port: number): Promise<string> {
  const server = { host, port, user: 'rebotes@mia.example', secret: { password: 'x' }, caFile: '' }
  const error: unknown = await openImap(server).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof CfdiMailError)
  assert.equal(error.code, 'MAILBOX_UNREACHABLE')
  return errorText({ language: 'es' }, error).hint ?? ''
}

// All of them had one hint, about servers, ports, certificates and authorities.
test('a mailbox that cannot be read is told with the cure of its own cause', async (t) => {
  const port = await clearServer(t)
  assert.match(
    await hintOf('127.0.0.1', port),
    new RegExp(`En el puerto ${port} el servidor no ofrece cifrar`),
  )
  assert.match(await hintOf('no.existe.invalid', 993), /cómo se escribe el servidor/)
  assert.match(await hintOf('127.0.0.1', 1), /Revise el puerto, casi siempre 993/)
})
