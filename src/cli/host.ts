/** What the program needs of its process: named, so that nothing else of it is touched. */
export type Host = Pick<
  NodeJS.Process,
  'argv' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'off' | 'exit' | 'platform' | 'pid' | 'kill'
>
