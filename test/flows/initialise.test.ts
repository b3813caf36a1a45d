import assert from 'node:assert/strict'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { test } from 'node:test'
import type { Ask, Question } from '../../src/core/flows/ctx.ts'
import { initialise } from '../../src/core/flows/initialise.ts'
import { makeAsk } from '../../src/ui/ask.ts'
import { exitCodeOf } from '../../src/ui/exit-codes.ts'
import { makeTell } from '../../src/ui/tell.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { testCtx } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

/** Somebody who wants a mail profile and has these answers; to all else the preset is good enough. */
function settingUp(answers: Partial<Record<Question, string>>): Ask {
  return {
    text: async (question, preset) => answers[question] ?? preset,
    accepted: async (question, preset, read) => read(answers[question] ?? preset),
    secret: async () => '',
    choice: async (_question, options) => options[0] ?? '',
    confirm: async (question) => question === 'set-up-smtp',
  }
}

// It asked for server, port and sender, said "Ready" and saved nothing, without a word on why; then it said why twice.
test('init tells once how the test of the mail server went, and how it is repeated', async (t) => {
  const { port } = await smtpServer(t)
  const ask = settingUp({ 'smtp-host': '127.0.0.1', 'smtp-port': String(port), 'smtp-from': 'a@mia.example' })
  let told = ''
  const tell = makeTell({ write: (words) => (told += words) }, 'es')
  const { ctx } = await testCtx(t, { ask, tell })
  const result = await initialise(
    { ...ctx, folders: { ...ctx.folders, settings: join(tempFolder(t), 'settings.yaml') } },
    { sources: [tempFolder(t)], mode: 'ask' },
  )
  assert.deepEqual([result.profile, result.test?.cause, exitCodeOf(result)], [null, 'no-starttls', 1])
  const words = { language: 'es', width: undefined, color: 'off', verbosity: 'normal' } as const
  const text = viewOf(result, makeViewContext(words))
  assert.match(told, /✗ Cifrar[^]*Configuración errónea\nCausa: el servidor no ofrece cifrar/)
  assert.doesNotMatch(text, /Configuración errónea|Causa/)
  assert.match(text, /^No se guardó ningún perfil de correo\.$/m)
  assert.match(text, new RegExp(`cfdi-mail probar-smtp --servidor 127.0.0.1 --puerto ${port} .*$`))
})

/** Somebody at a terminal who types the next line whenever a question waits; `shown` is all that stood on it. */
function typing(lines: readonly string[]) {
  const left = [...lines]
  const stdin = new PassThrough()
  let shown = ''
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown += chunk.toString()
      if (/(?:: |\) )$/.test(chunk.toString())) setImmediate(() => stdin.write(`${left.shift() ?? ''}\n`))
      done()
    },
  })
  const terminal = {
    ...{ stdin: stdin as unknown as NodeJS.ReadStream, stderr: stderr as unknown as NodeJS.WriteStream },
    ...{ signal: new AbortController().signal, leave: () => assert.fail('left'), hangUp: () => undefined },
  }
  // eslint-disable-next-line no-control-regex -- the line editor moves the cursor
  const screen = () => shown.replace(/\u001b\[\d*[A-Z]/g, '')
  return { ask: makeAsk(terminal, 'es'), tell: makeTell(stderr, 'es'), screen, left }
}

// A mistyped folder, a port in letters or a sender without @ ended it with an error, and all was to be answered again.
test('init says what is wrong with an answer and asks again; what failed the test is corrected from what was said', async (t) => {
  const { port } = await smtpServer(t)
  const source = tempFolder(t)
  const wrong = ['s', 'https://x', '127.0.0.1', 'abc', String(port), '', 'malo', 'a@mia.example', 'yo', '']
  const { ask, tell, screen, left } = typing([
    ...['/no/hay', `"${source}"`, 'quizá', ...wrong],
    ...['s', '', '', '', '', '', 'n'],
  ])
  const { ctx } = await testCtx(t, { ask, tell })
  const result = await initialise(
    { ...ctx, folders: { ...ctx.folders, settings: join(tempFolder(t), 'settings.yaml') } },
    { sources: [], mode: 'ask' },
  )
  assert.deepEqual([left, result.sources, result.test?.port], [[], [source], port])
  for (const words of [
    'No existe la carpeta /no/hay, o no se puede abrir.',
    '«https://x» no sirve: un servidor se escribe como smtp.dominio.mx',
    '«abc» no sirve: un puerto es un número de 1 a 65535',
    '«malo» no es una dirección de correo: le falta la @.',
    '«yo» no es una dirección de correo',
    'Causa: el servidor no ofrece cifrar',
    'Servidor de correo saliente (SMTP) [127.0.0.1]: ',
  ])
    assert.ok(screen().includes(words), `${words} is not in ${screen()}`)
  assert.equal(screen().match(/Corregir y probar otra vez/g)?.length, 2)
})
