import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OAuthGrant, OAuthProvider } from '../../src/core/model/oauth.ts'
import { CHECK_CAUSES, CHECK_STEPS } from '../../src/core/model/profile.ts'
import type { ProfileView, SmtpTestResult } from '../../src/core/model/results/profiles.ts'
import { text } from '../../src/ui/messages/index.ts'
import { type Language, LANGUAGES } from '../../src/ui/messages/translate.ts'
import { profilesView, profileView } from '../../src/ui/views/profiles.ts'
import { heldLines } from '../../src/ui/views/sent.ts'
import { smtpTestView } from '../../src/ui/views/smtp-test.ts'
import type { ViewContext } from '../../src/ui/views/view.ts'
import { smtpProfile } from '../support/profiles.ts'

function context(language: Language, width = 80): ViewContext {
  const t: ViewContext['t'] = (key, params) => text(language, key, params)
  return { language, carried: '', t, width, paint: (_style, words) => words, verbosity: 'normal' }
}

const FACTS =
  'TLSv1.3; subject smtp.servidor.example; issuer Autoridad de Certificación, R11; until 2026-12-30 (37 d)'

function result(changes: Partial<SmtpTestResult>): SmtpTestResult {
  const steps = CHECK_STEPS.map((step) => ({ step, ok: true, detail: FACTS, ms: 1234 }))
  return {
    ...{ kind: 'smtp-test', ok: true, host: 'smtp.servidor.example', port: 587, steps },
    ...{ cause: null, remedy: null, saved: null },
    ...changes,
  }
}

/** A command to copy stays in one piece, however long it is. */
const widest = (shown: string) =>
  Math.max(...shown.split('\n').map((line) => (line.startsWith('cfdi-mail ') ? 0 : line.length)))

describe('smtp-test', () => {
  test('says that the configuration is right in the very words people look for', () => {
    assert.match(
      smtpTestView(result({ saved: 'oficina' }), context('es')),
      /^Configuración correcta\nPerfil guardado: oficina$/m,
    )
    assert.match(smtpTestView(result({}), context('en')), /^Configuration OK$/m)
  })

  for (const cause of CHECK_CAUSES) {
    test(`explains ${cause} and what to do, in both languages, within 80 columns`, () => {
      const steps = [
        { step: 'auth', ok: false, detail: `535 ${'palabras del servidor '.repeat(12)}`, ms: 3 },
      ] as const
      const failed = result({ ok: false, cause, steps })
      const es = smtpTestView(failed, context('es'))
      const en = smtpTestView(failed, context('en'))
      assert.match(es, /^Configuración errónea\nCausa: .+\n(?:.+\n)*Qué hacer: .+/m)
      assert.match(en, /^Configuration failed\nCause: .+\n(?:.+\n)*What to do: .+/m)
      assert.ok(widest(es) <= 80 && widest(en) <= 80, es)
    })
  }

  test('shows the words of the step that failed whole, those of the others on one line', () => {
    const steps = [
      { step: 'tls', ok: true, detail: FACTS, ms: 12 },
      { step: 'auth', ok: false, detail: `535 ${'x '.repeat(60)}fin`, ms: 3 },
    ] as const
    const lines = smtpTestView(result({ ok: false, cause: 'bad-password', steps }), context('es')).split('\n')
    assert.match(lines[1]!, /^✓ Cifrar \(TLS\) +12 ms {2}TLSv1\.3; .*…$/)
    assert.match(lines[2]!, /^✗ Usuario y contraseña +3 ms {2}535 x/)
    assert.match(lines.join('\n'), /^ +(?:x )*fin$/m)
  })

  test('row 115: never lets a server move the cursor', () => {
    const steps = [{ step: 'greeting', ok: true, detail: '220 \u001b[2J\u202ehola', ms: 1 }] as const
    const shown = smtpTestView(result({ steps }), context('es'))
    for (const control of ['\u001b', '\u202e']) assert.equal(shown.includes(control), false)
  })
})

describe('profiles', () => {
  const { secret: _secret, ...plain } = smtpProfile({ name: 'oficina', user: 'ventas', fromName: 'Ventas' })
  const profile: ProfileView = { ...plain, password: 'sealed', oauth: null, hold: null, testedAt: null }

  for (const language of LANGUAGES) {
    test(`say that there are none and what to do (${language})`, () => {
      assert.match(
        profilesView({ kind: 'profiles', profiles: [], whatsapp: [] }, context(language)),
        language === 'es' ? /probar-smtp/ : /smtp-test/,
      )
    })
  }

  test('are listed within 80 columns, with what stops them', () => {
    const hold = {
      reason: 'bad-password: 535 5.7.8 Username and Password not accepted',
      until: null,
      strikes: 0,
    }
    const profiles = [{ ...profile, hold }, profile]
    const shown = profilesView({ kind: 'profiles', profiles, whatsapp: [] }, context('es'))
    assert.match(shown, /oficina \(predeterminado\).*detenido/)
    assert.ok(widest(shown) <= 80, shown)
  })

  test('are shown with where the password is, and never what it is', () => {
    const shown = profileView({ kind: 'profile', profile }, context('es'))
    assert.match(shown, /^Contraseña +guardada, cifrada$/m)
    assert.match(shown, /^Remitente +Ventas <ventas@emisor\.example>$/m)
  })

  test('say in words how somebody signs in and whose limits they have', () => {
    const secrets = { clientSecret: 'none', refreshToken: 'sealed' } as const
    const client = { clientId: 'a', tenant: '', scope: '', tokenUrl: '', deviceUrl: '', ...secrets }
    const times = { consentedAt: null, expiresAt: null }
    const shown = (language: Language, grant: OAuthGrant, provider: OAuthProvider) =>
      profileView(
        {
          kind: 'profile',
          profile: { ...profile, provider: 'generic', oauth: { ...client, ...times, grant, provider } },
        },
        context(language),
      )
    const es = shown('es', 'refresh-token', 'custom')
    assert.match(es, /^Proveedor +cualquier otro \(generic\)$/m)
    assert.match(es, /OAuth2: otro servidor \(custom\), una persona autorizó$/m)
    assert.match(shown('es', 'client-credentials', 'google'), /Google, la aplicación tiene permiso propio$/m)
    assert.match(shown('en', 'refresh-token', 'microsoft'), /OAuth2: Microsoft, a person consented$/m)
  })
})

// A WhatsApp profile on hold was to be mended with `smtp-test`, which answers that it is one of WhatsApp; so was what a person held.
describe('a profile on hold until a person acts', () => {
  for (const [cause, cure] of [
    ['bad-password', 'cfdi-mail probar-smtp principal'],
    ['oauth-consent', 'cfdi-mail perfiles autorizar principal'],
    ['whatsapp-token', 'cfdi-mail probar-whatsapp principal'],
    ['secret-unreadable', 'cfdi-mail perfiles liberar principal'],
    [null, 'cfdi-mail perfiles liberar principal'],
  ] as const) {
    test(`because of ${cause ?? 'somebody'} is ended with ${cure}`, () => {
      const held = { name: 'principal', cause, reason: `${cause ?? 'ana'}: x`, until: null, waiting: 1 }
      assert.equal(heldLines(held, context('es')).at(-1), `Cuando esté corregido: ${cure}`)
    })
  }
})
