// The checklist that no reviewer has to carry in mind. Folders and packages are .dependency-cruiser.cjs' part.
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const TYPESCRIPT = '**/*.ts'
const TESTS = 'test/**/*.ts'
const SCRIPTS = ['bench/**/*.ts', 'fixtures/**/*.ts']

/** Bugs that the compiler does not see. */
const CORRECTNESS = {
  'array-callback-return': 'error',
  eqeqeq: 'error',
  'no-async-promise-executor': 'error',
  'no-case-declarations': 'error',
  'no-cond-assign': 'error',
  'no-constant-binary-expression': 'error',
  'no-control-regex': 'error',
  'no-empty': 'error',
  'no-empty-character-class': 'error',
  'no-empty-pattern': 'error',
  'no-irregular-whitespace': 'error',
  'no-loss-of-precision': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unreachable-loop': 'error',
  'no-unsafe-finally': 'error',
  'no-useless-assignment': 'error',
  'no-useless-catch': 'error',
  'no-useless-escape': 'error',
  'preserve-caught-error': 'error',
}

/** typescript-eslint's strict set, where it needs a word of explanation. */
const TYPED = {
  // A `default` is a decision; a switch where each kind must be thought of has none.
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/consistent-type-exports': 'error',
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  // `while (true)` with a way out in the middle is the honest form of some loops.
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
  // Indexing in a loop that knows its bounds is let through by NO_UNPROVEN, other uses are not.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // A driver may give a bigint or a text where the query's type says number: Number() there is no idle word.
  '@typescript-eslint/no-unnecessary-type-conversion': 'off',
  // [...text] splits into code points, which is what it is used for.
  '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
  // An interface may promise what one implementation knows at once.
  '@typescript-eslint/require-await': 'off',
}

const SIZE = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  // A switch over all kinds of a thing counts as one decision, whatever their number.
  complexity: ['error', { max: 10, variant: 'modified' }],
  'max-params': ['error', 3],
}

const FUNCTION_SIZE = {
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
}

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one thing, one name everywhere.',
}
const NO_BARREL = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: import from the file that has it.',
}
const NO_CLASS = {
  selector: ':matches(ClassDeclaration, ClassExpression):not([superClass])',
  message: 'Functions and plain data; classes only for errors and where a library asks.',
}
const NO_UNPROVEN = {
  selector:
    'TSNonNullExpression > .expression:not(MemberExpression[computed=true], CallExpression[callee.property.name=/^(pop|shift)$/])',
  message: 'Prove it or handle null; only an index or a pop() within known bounds may be asserted.',
}
const NO_RANDOM = {
  selector: 'MemberExpression[object.name="Math"][property.name="random"]',
  message: 'Ask ctx.random(): tests must be able to choose.',
}
const NO_CLOCK = [
  'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
].map((selector) => ({ selector, message: 'Ask ctx.now(): tests must be able to choose the time.' }))

const SHAPE = [NO_DEFAULT_EXPORT, NO_BARREL, NO_CLASS, NO_UNPROVEN]

/** Later blocks replace a rule's options whole, so each block states all that holds for its files. */
const restricted = (...more) => ({ 'no-restricted-syntax': ['error', ...SHAPE, ...more] })

const NO_PROCESS = {
  'no-restricted-globals': [
    'error',
    {
      globals: [
        {
          name: 'process',
          message: 'Only src/cli.ts touches the process; take what you need as an argument.',
        },
      ],
      checkGlobalObject: true,
    },
  ],
  'no-restricted-imports': ['error', { paths: ['node:process', 'process'] }],
}

/** Names that need a machine around them: the model is types and rules. */
const PURE = [
  'process',
  'Buffer',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
]

export default defineConfig(
  globalIgnores(['.tests/', 'dist/', 'coverage/']),
  {
    files: [TYPESCRIPT],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...CORRECTNESS, ...TYPED, ...SIZE, ...FUNCTION_SIZE, ...restricted(), 'no-console': 'error' },
  },
  { files: ['src/**/*.ts'], ignores: ['src/cli.ts'], rules: NO_PROCESS },
  { files: ['src/core/**/*.ts'], rules: restricted(NO_RANDOM) },
  {
    files: ['src/core/{model,flows,store,message,cfdi}/**/*.ts'],
    rules: restricted(NO_RANDOM, ...NO_CLOCK),
  },
  {
    files: ['src/core/model/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        {
          globals: PURE.map((name) => ({ name, message: 'The model is pure: types and rules.' })),
          checkGlobalObject: true,
        },
      ],
    },
  },
  { files: ['src/ui/printer.ts', ...SCRIPTS], rules: { 'no-console': 'off' } },
  {
    files: [TESTS],
    rules: {
      'max-lines-per-function': 'off',
      // A test may doubt what the types say.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // What is not there fails the test, which is what a test is for.
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_BARREL],
      // test() gives a promise that the runner itself waits for.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'suite', 'test'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...CORRECTNESS, ...SIZE, ...FUNCTION_SIZE, 'no-unused-vars': 'error', 'no-console': 'error' },
  },
)
