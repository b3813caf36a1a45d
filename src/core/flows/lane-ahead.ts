/** Something that is looked for at most once, as soon as somebody wants it. */
export interface Ahead<T> {
  /** Begins to look. What goes wrong is told to who takes it. */
  readonly begin: () => void
  readonly take: () => Promise<T | null>
  /** Resolves when nobody looks any more. */
  readonly over: () => Promise<void>
  /** Gives to `back` what was found, if anybody has looked. */
  readonly dismiss: (back: (found: T) => Promise<void>) => Promise<void>
}

export function ahead<T>(find: () => Promise<T | null>): Ahead<T> {
  let looking: Promise<T | null> | undefined
  const take = () => (looking ??= find())
  return {
    begin: () => void take().catch(() => undefined),
    take,
    async over() {
      await looking?.catch(() => undefined)
    },
    async dismiss(back) {
      const found = (await looking) ?? null
      if (found !== null) await back(found)
    },
  }
}
