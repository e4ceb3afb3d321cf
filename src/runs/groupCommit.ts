export interface GroupCommit<T> {
  /** Resolves once `item` is committed; items are committed in the order in which they were added. */
  add(item: T): Promise<void>;
  /** Resolves once nothing is left to commit. */
  idle(): Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Commits together all items that were added during the previous commit, so that many writers share the wait for the disk.
 * After a failed commit every later one fails with the same error, because it is unknown what the failed one wrote.
 */
export function groupCommit<T>(commit: (items: readonly T[]) => Promise<void>): GroupCommit<T> {
  let waiting: Waiting<T>[] = [];
  const work: { running: Promise<void> | undefined } = { running: undefined };
  let failure: { readonly reason: unknown } | undefined;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        if (failure === undefined) await commit(group.map(({ item }) => item));
      } catch (reason) {
        failure = { reason };
      }
      for (const { resolve, reject } of group) {
        if (failure === undefined) resolve();
        else reject(failure.reason);
      }
    }
    work.running = undefined;
  };
  return {
    add: (item) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // Deferred, so that all items added in the same turn of the event loop are in the same commit.
        work.running ??= Promise.resolve().then(run);
      }),
    idle: async () => {
      while (work.running !== undefined) await work.running;
    },
  };
}
