import type { Choice } from '../model/choice.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { DocumentFilter } from '../store/document-filter.ts'
import type { IndexedFile } from '../store/documents.ts'
import { type DocumentOrder, selectDocuments, selectedCopies } from '../store/selected-documents.ts'
import { type Chooser, makesArchives } from './choose-among.ts'
import type { Ctx } from './ctx.ts'
import { isCollected } from './group-parcels.ts'
import type { Views } from './packing.ts'
import { isZipped } from './zip-packages.ts'

/** Choices in memory at once, where none has to wait for others. */
const BATCH = 100

/** Where archives are made: with the last one of a batch nobody has anything else to do. */
const BATCH_WITH_ARCHIVES = 400

type Chosen = Choice<IndexedFile>

/**
 * The choices of a run, in batches that can be packed one after another: what goes into one message, or one archive, is in one
 * batch. A customer has one RFC, and the documents come by receiver, so those of the next receiver never belong to it.
 * @param views `counted` when nobody sees in which order they come
 */
export async function* chooseInBatches(
  ctx: Ctx,
  chooser: Chooser,
  { filter, views }: { readonly filter: DocumentFilter; readonly views: Views },
): AsyncGenerator<readonly Chosen[]> {
  const enough = makesArchives(chooser) ? BATCH_WITH_ARCHIVES : BATCH
  let batch: Chosen[] = []
  let isWaiting = false
  for await (const page of selectDocuments(ctx.db, filter, orderFor(chooser, views))) {
    const copies = await selectedCopies(ctx.db, filter, page.repeated)
    for (const choice of await chooser.choose({ ...page, copies })) {
      if (choice.file.receiverRfc !== batch.at(-1)?.file.receiverRfc) isWaiting = false
      if (batch.length >= enough && !isWaiting) {
        yield batch
        batch = []
      }
      isWaiting ||= waits(choice)
      batch.push(choice)
    }
  }
  if (batch.length > 0) yield batch
}

/** Any order will do where nobody sees it, no document waits for another, and no file is named after it or filled from a table. */
function orderFor({ types }: Chooser, views: Views): DocumentOrder {
  const goesAlone = ({ grouping, folder, addenda }: PackagingType) =>
    grouping === 'document' && folder === null && addenda === null
  return views === 'counted' && types.every(goesAlone) ? 'any' : 'by-receiver'
}

function waits(choice: Chosen): boolean {
  return choice.result === 'take' && (isCollected(choice) || isZipped(choice.type))
}
