/**
 * Which module may import which. Arrows point down only: cli → context | commands | ui → flows → adapters → model.
 * Type-only imports count: a type that lives in the wrong layer is a rule in the wrong layer.
 */
const ADAPTERS = 'cfdi|files|message|channels|store|config|secrets|oauth|bounces|webhook|schedule|system|demo'
const ADAPTER = `^src/core/(${ADAPTERS})/`
/** The entry and its own folder: reading the command line, signals, the one catch. */
const CLI = '^src/cli(\\.ts$|/)'

/** Every library that src/ may use, and the only place that may import it. */
const HOMES = [
  { name: 'sql-lives-in-store', packages: 'kysely|better-sqlite3', where: '^src/core/store/' },
  {
    name: 'mail-lives-in-smtp-and-message',
    packages: 'nodemailer',
    where: '^src/core/(channels/smtp|message/)',
  },
  { name: 'xml-lives-in-cfdi', packages: 'fast-xml-parser', where: '^src/core/cfdi/' },
  { name: 'templates-live-in-message', packages: 'handlebars|html-to-text', where: '^src/core/message/' },
  { name: 'encoded-texts-live-in-message', packages: 'libqp', where: '^src/core/message/' },
  {
    name: 'file-formats-live-in-files',
    packages: 'archiver|yauzl|@zip.js|csv-parse|csv-stringify|trash',
    where: '^src/core/files/',
  },
  {
    name: 'returned-mail-lives-in-bounces',
    packages: 'mailparser|imapflow',
    where: '^src/core/bounces/',
  },
  { name: 'settings-live-in-config', packages: 'cosmiconfig|valibot', where: '^src/core/config/' },
  { name: 'test-server-lives-in-demo', packages: 'smtp-server', where: '^src/core/demo/' },
  { name: 'flags-live-in-the-parser', packages: 'yargs', where: '^src/(cli|ui)/parser' },
  { name: 'spinner-lives-in-ui', packages: 'ora', where: '^src/ui/' },
]

/** Types of a library may come from its @types package. */
const inPackages = (packages) => `(^|/)node_modules/(@types/)?(${packages})/`

const homeRules = HOMES.map(({ name, packages, where }) => ({
  name,
  comment: `${packages.replaceAll('|', ', ')}: imported in one place.`,
  from: { path: '^src/', pathNot: where },
  to: { path: inPackages(packages) },
}))

const libraryRules = [
  ...homeRules,
  {
    name: 'message-only-composes',
    comment: 'message/ writes MIME; it does not talk to servers.',
    from: { path: '^src/core/message/' },
    to: {
      path: inPackages('nodemailer'),
      pathNot: '/(mime-node|mail-composer|mime-funcs|qp|base64|addressparser)(/|\\.|$)',
    },
  },
  {
    name: 'smtp-only-sends',
    comment: 'channels/smtp talks to servers; MIME is written by message/.',
    from: { path: '^src/core/channels/' },
    to: { path: inPackages('nodemailer'), pathNot: '/(smtp-connection|shared|xoauth2)(/|\\.|$)' },
  },
  {
    name: 'every-library-has-a-home',
    comment: 'Add the library to HOMES, with the one place that may import it.',
    from: { path: '^src/' },
    to: {
      path: 'node_modules/',
      pathNot: inPackages(HOMES.map(({ packages }) => packages).join('|')),
    },
  },
]

const wholeTreeRules = [
  {
    name: 'no-cycles',
    comment: 'Move what both need to a third file.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'Nobody imports it and it imports nobody: use it or delete it.',
    from: { orphan: true },
    to: {},
  },
  {
    name: 'everything-is-used',
    comment: 'The program never reaches this file: use it or delete it.',
    from: { path: '^src/cli\\.ts$' },
    to: { path: '^src/', reachable: false },
  },
  {
    name: 'imports-are-found',
    comment: 'An import that cannot be resolved escapes every other rule.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'src-stands-alone',
    comment: 'What is shipped does not need tests, benches or generators.',
    from: { path: '^src/' },
    to: { path: '^(test|bench|fixtures)/' },
  },
  {
    name: 'core-has-known-folders',
    comment: 'A new folder of core/ needs a place in ADAPTERS.',
    from: { path: '^src/core/', pathNot: [ADAPTER, '^src/core/(model|flows)/'] },
    to: {},
  },
]

const layerRules = [
  {
    name: 'model-is-pure',
    comment: 'model/ holds types and rules: no package, no node built-in, nothing but itself.',
    from: { path: '^src/core/model/' },
    to: { pathNot: '^src/core/model/' },
  },
  {
    name: 'adapters-know-only-the-model',
    comment: 'An adapter imports model/, itself and its library; a flow hands values from one to the next.',
    from: { path: ADAPTER },
    to: { path: '^src/', pathNot: ['^src/core/model/', '^src/core/$1/'] },
  },
  {
    name: 'flows-use-no-library',
    comment: 'flows/ calls adapters; libraries stay behind them.',
    from: { path: '^src/core/flows/' },
    to: { path: 'node_modules/' },
  },
  {
    name: 'flows-do-no-io',
    comment: 'Disk, network and other programs are reached through an adapter.',
    from: { path: '^src/core/flows/' },
    to: {
      path: '^(node:)?(fs|net|tls|dns|dgram|http|https|http2|child_process|worker_threads|readline)(/|$)',
      dependencyTypes: ['core'],
    },
  },
  {
    name: 'flows-open-nothing',
    comment: 'Stores, channels and settings are opened in src/context.ts only.',
    from: { path: '^src/', pathNot: ['^src/context\\.ts$', '^src/core/(store|channels|config)/'] },
    to: { path: '^src/core/(store/(open|migrate)|channels/(?!channel\\.ts)|config/)' },
  },
  {
    name: 'commands-are-thin',
    comment: 'A command is flags → flow → value: it imports commands/, core/flows/ and core/model/.',
    from: { path: '^src/commands/' },
    to: { pathNot: '^src/(commands|core/flows|core/model)/' },
  },
  {
    name: 'ui-knows-only-results',
    comment: 'ui/ puts what model/ says into words: it imports ui/ and core/model/.',
    from: { path: '^src/ui/' },
    to: { path: '^src/', pathNot: '^src/(ui|core/model)/' },
  },
  {
    name: 'core-knows-no-terminal',
    comment: 'The core speaks codes; words and screens are ui/.',
    from: { path: '^src/core/' },
    to: { path: ['^src/(commands|ui|cli|context)', inPackages('yargs|ora')] },
  },
  {
    name: 'context-only-opens',
    comment: 'context.ts opens adapters and fills the Ctx of core/flows/ctx.ts; of cli it may know types.',
    from: { path: '^src/context\\.ts$' },
    to: {
      path: '^src/',
      pathNot: [
        ADAPTER,
        CLI,
        '^src/core/model/',
        '^src/core/flows/ctx\\.ts$',
        '^src/ui/(ask|progress|tell|pages|job-titles)\\.ts$',
      ],
    },
  },
  {
    name: 'context-runs-no-cli',
    comment: 'cli calls context.ts, not the other way round.',
    from: { path: '^src/context\\.ts$' },
    to: { path: CLI, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'cli-goes-through-context',
    comment: 'cli wires commands, ui and context; flows and adapters are behind those.',
    from: { path: CLI },
    to: { path: '^src/core/', pathNot: ['^src/core/model/', '^src/core/flows/ctx\\.ts$'] },
  },
  {
    name: 'only-cli-is-on-top',
    comment: 'Nobody imports cli; only cli calls context.ts.',
    from: { path: '^src/', pathNot: [CLI, '^src/context\\.ts$'] },
    to: { path: [CLI, '^src/context\\.ts$'] },
  },
]

module.exports = {
  forbidden: [...wholeTreeRules, ...layerRules, ...libraryRules].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
