import type { Channel } from '../channels/channel.ts'
import type { SettingOrigins, Settings } from '../model/settings.ts'
import type { Secrets } from '../secrets/secrets.ts'
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
export type Stage = 'index' | 'package' | 'send'

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
  | 'which-customer'
  | 'no-such-customer'
  | 'password'

export interface Ask {
  /** A line of text; `preset` when the person just presses Enter. */
  text(question: Question, preset: string): Promise<string>
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
  readonly secrets: Secrets
  readonly now: () => Date
  /** In [0, 1). */
  readonly random: () => number
  /** Aborted by SIGINT or SIGTERM: finish what is in hand, begin nothing. */
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Null when nobody is at a terminal. */
  readonly ask: Ask | null
  /** The text of all of standard input, for `-`, `@-` and `--password-stdin`; in whatever encoding a named file may have. */
  readonly readStdin: () => Promise<string>
  /** Whether the store's file is sound, and how it is opened: the engine's own words. */
  readonly storeHealth: () => Promise<{ readonly sound: boolean; readonly detail: string }>
  /** Operating-system user, for the log. */
  readonly operator: string
}
