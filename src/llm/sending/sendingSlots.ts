import { CancelledError, throwIfCancelled } from '../../foundation/userError.ts';

/** A limited number of slots, given out in the order in which they were requested. */
export interface Slots {
  /** Waits for a slot. Throws `CancelledError`. */
  take(signal: AbortSignal): Promise<void>;
  leave(): void;
  /** Raises the number of slots. */
  widen(count: number): void;
}

export function createSlots(count: number): Slots {
  let free = count;
  let all = count;
  const waiting: (() => void)[] = [];
  const serve = (): void => {
    while (free > 0) {
      const next = waiting.shift();
      if (next === undefined) return;
      free--;
      next();
    }
  };
  return {
    take: async (signal) => {
      throwIfCancelled(signal);
      if (free > 0 && waiting.length === 0) {
        free--;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const served = (): void => {
          signal.removeEventListener('abort', cancel);
          resolve();
        };
        const cancel = (): void => {
          waiting.splice(waiting.indexOf(served), 1);
          reject(new CancelledError());
        };
        waiting.push(served);
        signal.addEventListener('abort', cancel, { once: true });
      });
    },
    leave: () => {
      free++;
      serve();
    },
    widen: (more) => {
      free += Math.max(0, more - all);
      all = Math.max(all, more);
      serve();
    },
  };
}
