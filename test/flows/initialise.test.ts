import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Ask, Question } from '../../src/core/flows/ctx.ts'
import { initialise } from '../../src/core/flows/initialise.ts'
import { exitCodeOf } from '../../src/ui/exit-codes.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { testCtx } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

/** Somebody who wants a mail profile and has these answers; to all else the preset is good enough. */
function settingUp(answers: Partial<Record<Question, string>>): Ask {
  return {
    text: async (question, preset) => answers[question] ?? preset,
    secret: async () => '',
    choice: async (_question, options) => options[0] ?? '',
    confirm: async () => true,
  }
}

// It asked for server, port and sender, said "Ready" and saved nothing, without a word on why.
test('init tells how the test of the mail server went, and how it is repeated', async (t) => {
  const { port } = await smtpServer(t)
  const ask = settingUp({ 'smtp-host': '127.0.0.1', 'smtp-port': String(port), 'smtp-from': 'a@mia.example' })
  const { ctx } = await testCtx(t, { ask })
  const result = await initialise(
    { ...ctx, folders: { ...ctx.folders, settings: join(tempFolder(t), 'settings.yaml') } },
    { sources: [tempFolder(t)], mode: 'ask' },
  )
  assert.deepEqual([result.profile, result.test?.cause, exitCodeOf(result)], [null, 'no-starttls', 1])
  const words = { language: 'es', width: undefined, color: 'off', verbosity: 'normal' } as const
  const text = viewOf(result, makeViewContext(words))
  assert.match(text, /Configuración errónea\nCausa: el servidor no ofrece cifrar/)
  assert.match(text, new RegExp(`cfdi-mail probar-smtp --servidor 127.0.0.1 --puerto ${port} .*$`))
})
