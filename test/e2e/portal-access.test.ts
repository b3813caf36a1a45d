/** The two pages as a person follows them at a terminal, in Spanish; then the first password is looked for in all that was written. */
import assert from 'node:assert/strict'
import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { simpleParser } from 'mailparser'
import { cliInside } from '../support/main.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
}

describe('access mails and notices at a terminal', () => {
  test('bring user and first password once, which stands in no file and on no screen', async (t) => {
    const program = cliInside(t)
    const server = await smtpServer(t)
    const said: string[] = []
    const apart = tempFolder(t)
    const run = async (line: string, code = 0) => {
      const ran = await program.run(line.split(' '))
      said.push(ran.stdout, ran.stderr)
      assert.equal(ran.code, code, `${line}\n${ran.stdout}${ran.stderr}`)
      return ran.stdout
    }
    await run(`init --yes --source ${join(FIXTURES, 'erp')}`)
    await run(`clientes importar ${join(FIXTURES, 'customers.csv')}`)
    await run(
      `smtp-test --host 127.0.0.1 --port ${server.port} --security none --from facturas@emisor.example --save oficina`,
    )
    assert.match(await run('tipos cambiar GRAL --acceso-portal en-vez'), /La ley pide/)
    assert.match(await run('empaquetar --cliente C00001 --todo', 1), /falta portalUrl/)
    appendFileSync(join(program.data, 'cfdi-mail.yaml'), 'portalUrl: https://facturas.example.com/portal\n')
    await run('tipos cambiar GRAL --acceso-portal con-archivos')
    await run('empaquetar --cliente C00001 --todo')
    await run(`enviar --sandbox ${join(apart, 'prueba')} --json`)
    await run('enviar')
    const texts = await Promise.all(
      server.messages.map(async ({ raw }) => (await simpleParser(raw)).text ?? ''),
    )
    const passwords = new Set(texts.flatMap((text) => /Contraseña: (\S+)/.exec(text)?.[1] ?? []))
    const [password = ''] = passwords
    assert.equal(passwords.size, 1)
    assert.match(password, /^\w{4}-\w{4}-\w{4}$/)
    assert.match(await run('clientes acceso C00001'), /URE180429TM6[^]*la primera, hecha por el programa/)
    await run('bandeja listar --json')
    await run('bitacora --json')
    await run(`respaldar ${join(apart, 'copia')}`)
    const kept = [program.data, apart]
      .flatMap(filesUnder)
      .map((file) => readFileSync(file).toString('latin1'))
    assert.ok(kept.some((text) => text.includes('clave-oculta')))
    for (const text of [...said, ...kept]) assert.ok(!text.includes(password))
  })

  test('give a group its addresses and send one of its notices', async (t) => {
    const program = cliInside(t)
    const server = await smtpServer(t)
    const run = async (words: readonly string[], code = 0) => {
      const ran = await program.run(words)
      assert.equal(ran.code, code, `${words.join(' ')}\n${ran.stdout}${ran.stderr}`)
      return ran.stdout + ran.stderr
    }
    await run(['init', '--yes'])
    const from = ['--from', 'facturas@emisor.example', '--save', 'oficina']
    await run([
      'smtp-test',
      '--host',
      '127.0.0.1',
      '--port',
      String(server.port),
      '--security',
      'none',
      ...from,
    ])
    await run([
      'grupos',
      'alta',
      'MAYOREO',
      '--nombre',
      'Mayoreo',
      '--solicitudes-a',
      'accesos@emisor.example',
    ])
    await run([
      'clientes',
      'alta',
      'C00001',
      '--nombre',
      'Uno',
      '--correo',
      'uno@ure.example',
      '--grupo',
      'MAYOREO',
    ])
    const own = [
      '--asunto',
      'Pida su acceso',
      '--contenido',
      'Hola @@cliente: escriba a @@correo_solicitudes',
    ]
    assert.match(
      await run(['grupos', 'cambiar', 'MAYOREO', '--evento', 'solicitud-acceso', ...own]),
      /Pida su acceso/,
    )
    await run(['grupos', 'avisar', 'MAYOREO', '--evento', 'solicitud-acceso', '--cliente', 'C00001'])
    await run(['enviar'])
    const { subject, text } = await simpleParser(server.messages[0]?.raw ?? '')
    assert.deepEqual(
      [subject, text?.trim()],
      ['Pida su acceso', 'Hola Uno: escriba a accesos@emisor.example'],
    )
    assert.match(await run(['groups', 'notify', 'MAYOREO', '--client', 'C00001'], 64), /--event/)
  })
})
