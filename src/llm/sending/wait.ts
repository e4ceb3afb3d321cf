import { throwIfCancelled, CancelledError } from '../../foundation/userError.ts';

/** Resolves after `ms`. Throws `CancelledError` as soon as `signal` is aborted. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const cancel = (): void => {
      clearTimeout(timer);
      reject(new CancelledError());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      resolve();
    }, ms);
    signal.addEventListener('abort', cancel, { once: true });
  });
}
