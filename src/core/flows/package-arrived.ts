import { dirname } from 'node:path'
import { lookAtDocument } from '../files/document-look.ts'
import { isFolder, isInside, realPath } from '../files/folders.ts'
import { type ArrivalPatience, ripeAt, type Sighting } from '../model/arrival.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagedResult } from '../model/results/packaged.ts'
import type { IndexedFile } from '../store/documents.ts'
import { unpackagedFiles } from '../store/unpackaged.ts'
import { checkRoom } from './check-room.ts'
import { type ChoiceRules, openChooser } from './choose-among.ts'
import type { Ctx } from './ctx.ts'
import { indexFolders, sourceFolders } from './index-sources.ts'
import { packChoices } from './pack-choices.ts'
import { afterPackaging } from './package-aftermath.ts'

/** What is looked at, and what the last look saw. */
export interface ArrivalRequest {
  /** Existing folders. */
  readonly sources: readonly string[]
  /** The only folders in which something may be another than at the last look; null for everywhere. */
  readonly places: readonly string[] | null
  /** First day of issue, or null. */
  readonly from: string | null
  readonly patience: ArrivalPatience
  /** By path; null before the first look: then the files' own times tell how long they have been there. */
  readonly sightings: ReadonlyMap<string, Sighting> | null
}

export interface Arrived {
  readonly result: PackagedResult
  /** What the next look needs to know. */
  readonly sightings: ReadonlyMap<string, Sighting>
  /** Documents that may still become complete, and the folders that they are in. */
  readonly waiting: number
  readonly waitingIn: readonly string[]
  /** When the first of them is to be looked at again, milliseconds since 1970; null when none waits. */
  readonly nextAt: number | null
}

/** Each customer by its own packaging type, each document once: as `package --all`. */
const RULES = {
  ...{ named: null, kinds: null, type: null, grouping: null, packing: null, reason: null },
  ...{ repetition: 'once', mode: 'write', asks: 'watch' },
} as const satisfies Omit<ChoiceRules, 'sources'> & { readonly reason: null }

/**
 * One look at the sources: packages by the rules of `package` what was never packaged and is complete, and leaves the rest for
 * a later look. What the last look left is decided about again wherever it is.
 * @throws SOURCE_NOT_FOUND, DISK_LOW, DISK_FULL, STORE_BUSY
 */
export async function packageArrived(ctx: Ctx, request: ArrivalRequest): Promise<Arrived> {
  checkRoom(ctx)
  const sources = sourceFolders(ctx, request.sources)
  const files = await lookAround(ctx, sources, request)
  const now = ctx.now().getTime()
  const sightings = new Map(files.map((file) => [file.path, see(file, request.sightings, now)]))
  const ripe: Choice<IndexedFile>[] = []
  let nextAt: number | null = null
  let waiting = 0
  const waitingIn = new Set<string>()
  const elsewhere = files.flatMap(({ uuid }) => uuid ?? [])
  const chooser = await openChooser(ctx, { ...RULES, sources })
  for (const choice of await chooser.choose({ files, elsewhere, doubtful: elsewhere, copies: files })) {
    const sighting = sightings.get(choice.file.path)
    const at = sighting === undefined ? now : ripeAt(choice, sighting, request.patience)
    if (at <= now) ripe.push(choice)
    else {
      waiting++
      waitingIn.add(dirname(choice.file.path))
      nextAt = Math.min(at, nextAt ?? at)
    }
  }
  const result = withoutChanged(await packChoices(ctx, ripe, RULES))
  await afterPackaging(ctx, result)
  return { result, sightings, waiting, waitingIn: [...waitingIn], nextAt }
}

/** Brings the index up to date where something may be another. @returns what was never packaged there, and what was left before */
async function lookAround(
  ctx: Ctx,
  sources: readonly string[],
  { places, sightings, from }: ArrivalRequest,
): Promise<readonly IndexedFile[]> {
  const folders = places === null ? sources : topmost(sources, places)
  await indexFolders(ctx, folders)
  const paths = places === null || sightings === null ? [] : [...sightings.keys()]
  return await unpackagedFiles(ctx.db, { folders, paths, from })
}

/** Those of the places that are there and in a source, as the index names them; none that is in another. */
function topmost(sources: readonly string[], places: readonly string[]): readonly string[] {
  const real = [...new Set(places.filter(isFolder).map(realPath))]
  const own = real.filter((place) => sources.some((source) => isInside(source, place)))
  return own.filter((place) => !own.some((other) => other !== place && isInside(other, place)))
}

/** Somebody wrote to it between the look and the packaging: the next look reads it again, and nobody needs to know. */
function withoutChanged(result: PackagedResult): PackagedResult {
  return { ...result, documents: result.documents.filter(({ reason }) => reason !== 'changed') }
}

/** A clock of another machine may be ahead of this one: nothing is younger than now. */
function see(file: IndexedFile, before: ArrivalRequest['sightings'], now: number): Sighting {
  const { look, pdf, changedAt } = lookAtDocument(file.path, file.pdf)
  const known = before?.get(file.path)
  const since = known?.look === look ? known.since : before === null ? Math.min(changedAt, now) : now
  return { look, pdf, since }
}
