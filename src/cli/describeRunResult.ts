import { shownPath } from './context.ts';

/** What a run came to, in lines. */
export function describeRunResult(result: {
  readonly folder: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
}): readonly string[] {
  return [
    `${shownPath(result.folder)}: ${result.accepted} accepted, ${result.rejected} rejected`,
    ...Object.entries(result.rejectedByReason).map(([reason, times]) => `  ${reason}: ${times}`),
  ];
}
