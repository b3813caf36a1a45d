import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkTemplate } from '../../../src/core/message/check-template.ts'

/** `code found→nearest` of each problem of a body. */
function problems(body: string): string[] {
  return checkTemplate({ subject: 'x', body }).map(
    ({ code, found, nearest }) => `${code} ${found}${nearest === '' ? '' : `→${nearest}`}`,
  )
}

const REFUSED: readonly (readonly [body: string, problem: string])[] = [
  // names
  ['{{foliio}}', 'unknown-field foliio→folio'],
  ['{{#if foliio}}x{{/if}}', 'unknown-field foliio→folio'],
  ['{{#unless x}}{{else}}{{uid}}{{/unless}}', 'unknown-field x'],
  ['{{documents.0.uuid}}', 'unknown-field documents.0.uuid→uuid'],
  ['{{#each documents}}{{customerNam}}{{/each}}', 'unknown-field customerNam→../customerName'],
  ['{{../folio}}', 'unknown-field ../folio→folio'],
  ['{{@index}}', 'unknown-field @index'],
  ['@@foliio', 'unknown-alias @@foliio→@@folio'],
  ['{{documents}}', 'not-text documents'],
  ['{{#each documents}}{{this}}{{/each}}', 'not-text this'],
  ['{{#each folio}}x{{/each}}', 'not-a-list folio'],
  ['{{#each documents}}{{#each ../documents}}x{{/each}}{{/each}}', 'nested-each ../documents'],
  // the rest of the language
  ['{{upper folio}}', 'unknown-helper upper'],
  ['{{#iff folio}}x{{/iff}}', 'unknown-helper iff→if'],
  ['{{#with folio}}x{{/with}}', 'unknown-helper with'],
  ['{{#folio}}x{{/folio}}', 'unknown-helper folio'],
  ['{{^folio}}x{{/folio}}', 'unknown-helper folio'],
  ['{{lookup this "constructor"}}', 'unknown-helper lookup'],
  ['{{log folio}}', 'unknown-helper log'],
  ['{{helperMissing}}', 'unknown-field helperMissing'],
  ['{{> partial}}', 'not-supported PartialStatement'],
  ['{{#> layout}}{{/layout}}', 'not-supported PartialBlockStatement'],
  ['{{* decorator}}', 'not-supported Decorator'],
  ['{{#*inline "a"}}{{/inline}}', 'not-supported DecoratorBlock'],
  ['{{"constructor"}}', 'not-supported {{"…"}}'],
  ['{{#if (lookup . "x")}}x{{/if}}', 'not-supported {{#if …}}'],
  ['{{#each documents as |d|}}x{{/each}}', 'not-supported {{#each …}}'],
  ['{{#if folio includeZero=true}}x{{/if}}', 'not-supported {{#if …}}'],
  // prototypes
  ['{{constructor}}', 'unknown-field constructor'],
  ['{{constructor.constructor}}', 'unknown-field constructor.constructor'],
  ['{{__proto__}}', 'unknown-field __proto__'],
  ['{{this.__proto__.toString}}', 'unknown-field this.__proto__.toString'],
  ['{{#if __defineGetter__}}x{{/if}}', 'unknown-field __defineGetter__'],
  ['{{[__lookupGetter__]}}', 'unknown-field __lookupGetter__'],
  ['{{@root.constructor}}', 'unknown-field @root.constructor'],
  // what HTML makes of a value
  ['HTML {{{customerName}}}', 'raw-output {{{customerName}}}'],
  ['HTML {{&customerName}}', 'raw-output {{{customerName}}}'],
  ['HTML <a title={{folio}}>x</a>', 'unquoted-attribute folio'],
  ['HTML <p {{folio}}>x</p>', 'unquoted-attribute folio'],
  ['HTML <{{folio}}>x', 'unquoted-attribute folio'],
  ['HTML <p style="color:{{folio}}">x</p>', 'field-in-code style="…"'],
  ['HTML <style>p{color:{{folio}} }</style>', 'field-in-code <style>'],
  ['HTML <script>x</script>', 'script <script>'],
  ['HTML <SCRIPT src=x></SCRIPT>', 'script <script>'],
  ['HTML <p onclick="x">x</p>', 'script onclick'],
  ['HTML <iframe src="https://x.mx/"></iframe>', 'script <iframe>'],
  ['HTML <meta http-equiv="refresh" content="0">', 'script http-equiv="refresh"'],
  ['HTML <a href="{{customerName}}">x</a>', 'bad-url href="{{…}}"'],
  ['HTML <a href="{{verificationUrl}}{{folio}}">x</a>', 'bad-url href="{{…}}{{…}}"'],
  ['HTML <a href="https://{{folio}}/">x</a>', 'bad-url href="https://{{…}}/"'],
  ['HTML <a href="javascript:alert(1)">x</a>', 'bad-url href="javascript:alert(1)"'],
  ["HTML <a href=' JaVa&#115;cript&colon;alert(1)'>x</a>", 'bad-url href="JaVascript:alert(1)"'],
  ['HTML <a href="java\tscript:x">x</a>', 'bad-url href="javascript:x"'],
  ['HTML <a href=javascript:x>x</a>', 'bad-url href="javascript:x"'],
  ['HTML <img src="data:text/html,x">', 'bad-url src="data:text/html,x"'],
  ['HTML <a href="{{#if folio}}javascript:x{{/if}}">x</a>', 'bad-url href="{{#…"'],
  ['HTML <p {{#if folio}}title="{{else}}class="{{/if}}x">x</p>', 'split-html {{#if}}'],
  ['HTML <p>{{#if folio}}<a href="{{/if}}{{customerName}}">x</a>', 'split-html {{#if}}'],
  ['HTML <p title="x', 'split-html p'],
  ['', 'empty '],
  ['HTML  ', 'empty '],
]

describe('rows 105, 107, 109, 111 and 112: a template is refused', () => {
  for (const [body, problem] of REFUSED) {
    test(`${JSON.stringify(body)}: ${problem}`, () =>
      assert.ok(problems(body).includes(problem), String(problems(body))))
  }

  test('row 108: for a syntax error, with its line', () => {
    const lines = ['{{#if folio}}a{{/each}}', 'a\n{{#if folio}}', '\n\n{{folio', '{{else}}', '{{ }}'].map(
      (body) => {
        const [problem] = checkTemplate({ subject: 'x', body })
        return [problem?.code, problem?.line]
      },
    )
    assert.deepEqual(lines, [
      ['syntax', 1],
      ['syntax', 2],
      ['syntax', 3],
      ['syntax', 1],
      ['syntax', 1],
    ])
  })

  test('for its subject as for its body', () => {
    assert.deepEqual(
      checkTemplate({ subject: ' ', body: '{{x}}' }).map(({ part, code }) => [part, code]),
      [
        ['subject', 'empty'],
        ['body', 'unknown-field'],
      ],
    )
  })

  test('for more than 100,000 characters', () => {
    assert.deepEqual(problems('x'.repeat(100_001)), ['too-long 100001 > 100000'])
  })
})

const ACCEPTED: readonly string[] = [
  'Hola {{customerName}}, {{#if paidOn}}pagado{{else if folio}}folio {{folio}}{{else}}sin{{/if}}',
  '{{#each documents}}{{@index}}{{#if @first}}1{{/if}}{{uuid}} {{../companyName}} {{@root.companyName}}{{else}}nada{{/each}}',
  '{{^if folio}}sin{{/if}}',
  '{{{customerName}}} sin escapar en texto',
  '{{!-- comentario {{x}} --}}{{! otro }}',
  'HTML <a href="{{verificationUrl}}" title=\'{{folio}}\'>x</a>',
  'HTML <a href="https://portal.ejemplo.mx/?uuid={{uuid}}">x</a> <a href="mailto:{{issuerRfc}}@x.mx">y</a>',
  'HTML {{#if folio}}<p class="a {{#if series}}b{{/if}}">x</p>{{/if}} 1 < 2 & 3 > 2 <br/>',
  'HTML <!--[if mso]><table><![endif]--><!DOCTYPE html><img src="cid:x" alt="{{folio}}"><style>a>b{color:red}</style>',
]

describe('a template is accepted', () => {
  for (const body of ACCEPTED) test(JSON.stringify(body), () => assert.deepEqual(problems(body), []))

  test('row 112: with a warning for an image on another server', () => {
    const warned = [
      'HTML <img src="https://x.mx/logo.png">',
      'HTML <p style="background:url(//x.mx/a.png)">x</p>',
    ]
    for (const body of warned) {
      assert.deepEqual(
        checkTemplate({ subject: 'x', body }).map(({ level, code }) => [level, code]),
        [['warning', 'remote-image']],
      )
    }
  })

  test('with a warning for HTML that does not begin with HTML', () => {
    assert.deepEqual(problems('<html><body>x'), ['html-without-prefix HTML'])
  })
})
