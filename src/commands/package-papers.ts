import type { Ctx } from '../core/flows/ctx.ts'
import { CfdiMailError } from '../core/model/errors.ts'
import { paperKindOf, parsePaperKind } from '../core/model/paper.ts'
import type { PackagedResult } from '../core/model/results/packaged.ts'
import { periodOf, type PeriodFlags } from './period-flags.ts'

/** What was typed of `package` that matters for papers. */
interface PapersFlags extends PeriodFlags {
  readonly kind?: readonly string[] | undefined
  readonly index?: string | undefined
  readonly 'name-pattern'?: readonly string[] | undefined
  readonly 'create-customers'?: boolean | undefined
  readonly client?: readonly string[] | undefined
  readonly type?: string | undefined
  readonly again?: boolean | undefined
  readonly reason?: string | undefined
  readonly 'dry-run'?: boolean | undefined
}

/** Flags that only CFDI have. */
const CFDI_FLAGS = ['source', 'by-date', 'group-by', 'zip', 'order-files'] as const
/** Flags that only papers have. */
const PAPER_FLAGS = ['index', 'name-pattern', 'create-customers'] as const

/**
 * `package --papers DIR --kind statement`: papers that are no CFDI. The folder is the choice, so no `--all` is asked for.
 * @throws PAPER_KIND, NOT_WITH_PAPERS, BAD_SELECTION when index and patterns are both given
 */
export async function packagePapers(
  ctx: Ctx,
  folder: string,
  flags: PapersFlags & CfdiFlags,
): Promise<PackagedResult> {
  checkMix(flags)
  return (await import('../core/flows/package-papers.ts')).packagePapers(ctx, {
    folder,
    kind: parsePaperKind(flags.kind ?? []),
    index: flags.index ?? null,
    patterns: flags['name-pattern'] ?? [],
    clients: flags.client ?? [],
    period: periodOf(ctx, flags),
    type: flags.type?.toUpperCase() ?? null,
    reason: flags.reason ?? null,
    ...switches(flags),
  })
}

function switches(flags: PapersFlags) {
  return {
    unknown: flags['create-customers'] ? ('create' as const) : ('refuse' as const),
    repetition: flags.again ? ('again' as const) : ('once' as const),
    mode: flags['dry-run'] ? ('dry-run' as const) : ('write' as const),
  }
}

type CfdiFlags = Readonly<Partial<Record<(typeof CFDI_FLAGS)[number], unknown>>>

function checkMix(flags: PapersFlags & CfdiFlags): void {
  const alien = CFDI_FLAGS.filter((flag) => flags[flag] !== undefined)
  if (alien.length > 0) throw new CfdiMailError('NOT_WITH_PAPERS', listed(alien))
  if (flags.index === undefined && flags['create-customers'] === true) {
    throw new CfdiMailError('ONLY_WITH_PAPERS', { ...listed(['create-customers']), variant: 'index' })
  }
  if (flags.index === undefined || flags['name-pattern'] === undefined) return
  throw new CfdiMailError('BAD_SELECTION', { flags: '--index, --name-pattern' })
}

/**
 * Refuses what means something only for papers.
 * @throws ONLY_WITH_PAPERS
 */
export function requirePapers(
  flags: Readonly<Partial<Record<(typeof PAPER_FLAGS)[number], unknown>>> & Pick<PapersFlags, 'kind'>,
): void {
  const typed = PAPER_FLAGS.filter((flag) => flags[flag] !== undefined)
  if (typed.length > 0) throw new CfdiMailError('ONLY_WITH_PAPERS', listed(typed))
  const kind = (flags.kind ?? [])
    .flatMap((text) => text.split(','))
    .find((text) => paperKindOf(text) !== undefined)
  if (kind !== undefined) throw new CfdiMailError('ONLY_WITH_PAPERS', { flags: `--kind ${kind}`, count: 1 })
}

function listed(flags: readonly string[]): { readonly flags: string; readonly count: number } {
  return { flags: flags.map((flag) => `--${flag}`).join(', '), count: flags.length }
}
