import type { Ctx } from '../core/flows/ctx.ts'
import type { Result } from '../core/model/result.ts'
import type { Permission } from '../core/model/role.ts'

/** One flag as data. Its description is the message `flag.<name>`, or `flag.<command>.<name>` where one command differs. */
export interface FlagSpec {
  readonly type: 'string' | 'boolean' | 'number'
  /** The Spanish name, and short forms. */
  readonly alias: string | readonly string[]
  readonly many?: true
  /** Names a file or folder: an empty text is refused, because the system takes it for the working folder. */
  readonly path?: true
  readonly choices?: readonly string[]
  /** Those of the choices that are Spanish words, with what each means. */
  readonly spanish?: Readonly<Record<string, string>>
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>

/** A word after the command's name. Its description is the message `argument.<name>`. */
export interface Positional {
  readonly name: string
  readonly required?: true
  /** Takes all the words that follow. */
  readonly many?: true
  /** Names a file. */
  readonly path?: true
}

type FlagValue<Spec extends FlagSpec> = Spec['type'] extends 'boolean'
  ? boolean
  : Spec['type'] extends 'number'
    ? number
    : Spec['choices'] extends readonly (infer Choice)[]
      ? Choice
      : string

/** What a command's `run` is given: every flag, `undefined` when not typed. */
export type FlagValues<Specs extends FlagSpecs> = {
  readonly [Name in keyof Specs]:
    | (Specs[Name]['many'] extends true ? readonly FlagValue<Specs[Name]>[] : FlagValue<Specs[Name]>)
    | undefined
}

export type Arguments = Readonly<Record<string, readonly string[]>>

/** A command: what people type, and the flow it starts. Words are in ui/messages under `command.<path with dots>`. */
export interface Command<Specs extends FlagSpecs = FlagSpecs> {
  readonly name: string
  /** The Spanish name, and other names. */
  readonly aliases: readonly string[]
  readonly positionals?: readonly Positional[]
  readonly flags: Specs
  /**
   * What must be there before it runs: an existing store (the usual), one that may be made, a throw-away one, or nothing:
   * then the store it is given is in memory.
   */
  readonly opens?: 'existing' | 'create' | 'throw-away' | 'nothing'
  /** Whether it watches or serves until a signal ends it; left out for never. */
  readonly resident?: (flags: Readonly<Record<string, unknown>>) => boolean
  /** What the person at the keyboard must be allowed to do (`operators`); none for what only looks. */
  readonly needs?: Permission
  readonly run: (
    ctx: Ctx,
    flags: FlagValues<Specs>,
    words: Arguments,
  ) => Promise<Result> | AsyncIterable<Result>
}

/** A noun with verbs: `customers list`. */
export interface CommandGroup {
  readonly name: string
  readonly aliases: readonly string[]
  readonly commands: readonly (AnyCommand | CommandGroup)[]
}

/** A command whose flags nobody needs to know any more. */
export interface AnyCommand extends Omit<Command, 'run'> {
  readonly run: (
    ctx: Ctx,
    flags: Readonly<Record<string, unknown>>,
    words: Arguments,
  ) => Promise<Result> | AsyncIterable<Result>
}

/**
 * Keeps the flags' types for `run` and forgets them for the list of commands. What needs a permission asks for it first, and a name
 * that nobody has is told with the one that was meant.
 */
export function command<const Specs extends FlagSpecs>(definition: Command<Specs>): AnyCommand {
  const open = definition as unknown as AnyCommand
  const { needs, run } = open
  return {
    ...open,
    async *run(ctx, flags, words) {
      try {
        if (needs !== undefined) await (await import('../core/flows/authorise.ts')).authorise(ctx, needs)
        const outcome = run(ctx, flags, words)
        if (Symbol.asyncIterator in outcome) yield* outcome
        else yield await outcome
      } catch (error) {
        throw await (await import('../core/flows/name-meant.ts')).namingMeant(ctx, error)
      }
    },
  }
}

/** The first word given for a positional, or undefined. */
export function word(words: Arguments, name: string): string | undefined {
  return words[name]?.[0]
}
