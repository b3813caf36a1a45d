import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEn } from '../../src/ui/messages/en/index.ts'
import { es } from '../../src/ui/messages/es/index.ts'
import { text } from '../../src/ui/messages/index.ts'
import { fill, LANGUAGES } from '../../src/ui/messages/translate.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

/** Holes that are filled with how many there are. */
const COUNTS =
  /\{(?:count|already|allowed|autoReplies|blocked|connections|deliveries|different|done|held|hours|left|matched|messages|minutes|orders|queued|recipients|rejected|repeated|same|skipped|snapshots|total|unreadable|used|waiting)\} (\p{L}+)/gu

/** Words behind a count that are the same for one: "1 más". */
const UNCHANGED = ['bytes', 'con', 'en', 'in', 'más']

describe('words that go with a count', () => {
  test('one takes the first form; none and several the second; a text without the count stays visible', () => {
    const words = '{count} {count|orden|órdenes}'
    assert.deepEqual(
      [0, 1, 2, '1'].map((count) => fill(words, { count })),
      ['0 órdenes', '1 orden', '2 órdenes', '1 orden'],
    )
    assert.equal(fill(words), words)
  })

  // A device code that was good for a minute was good for "1 minutos"; of one document "1 omitidos" were told.
  test('no Spanish text puts a plural behind a number that can be 1', () => {
    const wrong = Object.entries(es).flatMap(([key, words]) =>
      [...words.matchAll(COUNTS)]
        .filter(([, word = '']) => /[sn]$/.test(word) && !UNCHANGED.includes(word))
        .map(([found]) => `${key}: ${found}`),
    )
    assert.deepEqual(wrong, [])
  })

  test('no English text puts a plural behind a number that can be 1', () => {
    const wrong = Object.entries(makeEn()).flatMap(([key, words]) =>
      [...words.matchAll(COUNTS)]
        .filter(([, word = '']) => /[^s]s$|^are$/.test(word) && !UNCHANGED.includes(word))
        .map(([found]) => `${key}: ${found}`),
    )
    assert.deepEqual(wrong, [])
  })

  test('a device code is good for 1 minuto, or for 15 minutos', () => {
    const told = (minutes: number) => text('es', 'notice.device-code', { url: 'u', code: 'c', minutes })
    assert.match(told(1), /vale 1 minuto;/)
    assert.match(told(15), /vale 15 minutos;/)
  })
})

describe('what was done to several', () => {
  const done = (language: 'es' | 'en', names: readonly string[]) =>
    viewOf(
      { kind: 'done', action: 'held', subject: 'order', names },
      makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' }),
    )

  // "Se retuvo la orden A1, B2."
  test('is told in the plural, and of one in the singular', () => {
    assert.equal(done('es', ['A1']), 'Se retuvo la orden A1.')
    assert.equal(done('es', ['A1', 'B2']), 'Se retuvieron las órdenes A1, B2.')
    assert.equal(done('en', ['A1']), 'Held order A1.')
    assert.equal(done('en', ['A1', 'B2']), 'Held orders A1, B2.')
  })

  test('every subject has both forms in every language', () => {
    const texts = { es, en: makeEn() }
    const without = LANGUAGES.flatMap((language) =>
      Object.entries(texts[language])
        // The one of a single party: "la contraseña de archivos de".
        .filter(([key]) => key.startsWith('subject.') && key !== 'subject.file-password')
        .filter(([, words]) => !words.includes('{count|'))
        .map(([key]) => `${language} ${key}`),
    )
    assert.deepEqual(without, [])
  })
})
