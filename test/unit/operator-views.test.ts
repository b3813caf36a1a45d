import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Output } from '../../src/core/model/result.ts'
import { FIRST_ROLES, PERMISSIONS, type Permission } from '../../src/core/model/role.ts'
import { text } from '../../src/ui/messages/index.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

const ROLES = [
  { name: 'administrador', permissions: PERMISSIONS },
  { name: 'consulta', permissions: [] },
]
const OPERATORS = ROLES.map(({ name, permissions }, i) => ({ user: `persona-${i}`, role: name, permissions }))

const RESULTS: readonly Output[] = [
  { kind: 'roles', roles: ROLES },
  { kind: 'operators', restricted: true, you: 'persona-0', operators: OPERATORS },
]

// At 80 columns the last permissions of a role were cut off.
for (const language of LANGUAGES) {
  describe(`operators and roles in ${language}`, () => {
    for (const result of RESULTS) {
      test(`${result.kind} fits 80 columns and names every permission in full`, () => {
        const shown = viewOf(
          result,
          makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' }),
        )
        for (const line of shown.split('\n')) assert.ok(line.length <= 80, line)
        const words = shown.replaceAll(/\s+/g, ' ')
        const named = (permission: Permission) => words.includes(text(language, `permission.${permission}`))
        assert.deepEqual(
          PERMISSIONS.filter((permission) => !named(permission)),
          [],
        )
        assert.doesNotMatch(shown, /…/)
      })
    }

    // They were administrator, operator and reader for a Spanish reader too.
    test('the roles of a new store are called as the reader types them, and people’s own as they were called', () => {
      const roles = [...FIRST_ROLES, 'cobranza'].map((name) => ({ name, permissions: [] }))
      const operators = roles.map(({ name: role }) => ({ user: 'ana', role, permissions: [] }))
      const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
      const names = {
        es: ['administrador', 'operador', 'consulta', 'cobranza'],
        en: roles.map(({ name }) => name),
      }
      const columns = (result: Output) =>
        viewOf(result, context)
          .split('\n')
          .slice(1)
          .map((line) => line.replace(/^ana +/, '').split(' ')[0])
      assert.deepEqual(columns({ kind: 'roles', roles }), names[language])
      assert.deepEqual(
        columns({ kind: 'operators', restricted: true, you: 'ana', operators }),
        names[language],
      )
    })

    // "Se guardó el papel operator": the list called it operador.
    test('what was saved is called as the list calls it', () => {
      const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
      const said = (subject: 'role' | 'order', name: string) =>
        viewOf({ kind: 'done', action: 'saved', subject, names: [name] }, context)
      assert.ok(said('role', 'reader').endsWith(language === 'es' ? ' consulta.' : ' reader.'))
      assert.ok(said('role', 'cobranza').endsWith(' cobranza.'))
      assert.ok(said('order', '01KB4D3Q0M5T8RWX0GNKR8ST9').endsWith(' GNKR8ST9.'))
    })

    test('a pipe gets a line a role', () => {
      const wide = makeViewContext({ language, width: undefined, color: 'off', verbosity: 'normal' })
      const [roles] = RESULTS
      assert.equal(roles === undefined ? 0 : viewOf(roles, wide).split('\n').length, 1 + ROLES.length)
    })
  })
}
