import type { Channel, WhatsAppChannel } from '../channels/channel.ts'
import type { Fault } from '../model/fault.ts'
import type { Notice } from '../model/notice.ts'
import type { Evidence } from '../model/results/evidence.ts'
import type { JobTitles, Launch } from '../model/schedule.ts'
import type { SettingOrigins, Settings } from '../model/settings.ts'
import type { Keys, Secrets } from '../secrets/secrets.ts'
import type { Db } from '../store/schema.ts'

/** Folders and files of one company's data. Absolute paths. */
export interface DataFolders {
  readonly data: string
  readonly store: string
  readonly spool: string
  readonly lock: string
  readonly settings: string
}

/** Stages that take long enough to show. */
export type Stage = 'index' | 'package' | 'send' | 'backup'

/** Shows how far a stage is; `total` is 0 while it is not known. Does nothing when nobody looks. */
export type Progress = (stage: Stage, done: number, total: number) => void

/** Questions at a terminal. Keys of ui/messages; the core has no words. */
export type Question =
  | 'sources'
  | 'smtp-host'
  | 'smtp-port'
  | 'smtp-security'
  | 'smtp-user'
  | 'smtp-from'
  | 'set-up-smtp'
  | 'test-recipient'
  | 'test-again'
  | 'which-customer'
  | 'no-such-customer'
  | 'password'
  | 'whatsapp-token'

export interface Ask {
  /** A line of text; `preset` when the person just presses Enter. */
  text(question: Question, preset: string): Promise<string>
  /** The same as `read` takes it. While it throws a CfdiMailError, the person is told what is wrong and asked again. */
  accepted<T>(question: Question, preset: string, read: (answer: string) => T): Promise<T>
  /** A line that is not shown while it is typed. */
  secret(question: Question): Promise<string>
  /** One of a list, by number or value. */
  choice(question: Question, options: readonly string[]): Promise<string>
  confirm(question: Question): Promise<boolean>
}

/** All that a flow may touch, opened in context.ts. */
export interface Ctx {
  readonly db: Db
  readonly settings: Settings
  readonly origins: SettingOrigins
  readonly folders: DataFolders
  readonly channel: Channel
  readonly whatsapp: WhatsAppChannel
  readonly secrets: Secrets
  readonly keys: Keys
  readonly now: () => Date
  /** Waits so many milliseconds by the clock of `now`; less when the signal aborts. */
  readonly sleep: (ms: number) => Promise<void>
  /** In [0, 1). */
  readonly random: () => number
  /** Aborted by SIGINT, SIGTERM or SIGHUP: finish what is in hand, begin nothing. */
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Says that nothing is under way until the next `progress`: a program that stays would show its last stage for hours. */
  readonly idle: () => void
  /** Who reads the result: a script all of it, a person what there is to know; with `--quiet` nobody, unless somebody is needed. */
  readonly reader: 'script' | 'person' | 'nobody'
  /** Called at the places where a test may strike; nothing in any other run. */
  readonly fault: Fault
  /** Null when nobody is at a terminal. */
  readonly ask: Ask | null
  /** Says something while a command still runs; on standard error, with `--json` too. */
  readonly tell: (notice: Notice) => void
  /** The text of all of standard input, for `-`, `@-` and `--password-stdin`; in whatever encoding a named file may have. */
  readonly readStdin: () => Promise<string>
  /** A page about a document's deliveries that a person can read and print: HTML, in the reader's language. */
  readonly evidencePage: (evidence: Evidence) => string
  /** Whether the store's file is sound, and how it is opened: the engine's own words. */
  readonly storeHealth: () => Promise<{ readonly sound: boolean; readonly detail: string }>
  /** How the program is started again with the same data. */
  readonly launch: Launch
  /** What a scheduled job is called, in the reader's language. */
  readonly jobTitles: JobTitles
  /** Operating-system user, for the log. */
  readonly operator: string
}
