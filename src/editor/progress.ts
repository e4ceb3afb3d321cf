import * as vscode from 'vscode';

/** Says how far the work is: `fraction` in [0, 1], and what is done and left in words. */
export type Report = (text: string, fraction?: number) => void;

/** Runs `work` under a notification with a Cancel button, which aborts `signal`. */
export function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  return Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        let shown = 0;
        const report: Report = (message, fraction) => {
          const percent = Math.min(100, Math.max(shown, (fraction ?? 0) * 100));
          progress.report({ message, ...(fraction === undefined ? {} : { increment: percent - shown }) });
          shown = percent;
        };
        const { signal, dispose } = abortSignal(token);
        try {
          return await work(signal, report);
        } finally {
          dispose();
        }
      },
    ),
  );
}

/** Converts a cancellation token to an `AbortSignal`, which pure code uses. */
function abortSignal(token: vscode.CancellationToken): {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
} {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => void subscription.dispose() };
}
