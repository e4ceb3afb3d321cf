import path from 'node:path';

/** Candidates for the gold file, the likeliest first: the open one, then those named so. */
export function goldCandidates(annotated: readonly string[], active: string | undefined): readonly string[] {
  const rank = (file: string): number => {
    if (file === active) return 0;
    const name = path.basename(file);
    if (/gold|test/i.test(name)) return 1;
    if (/dev|valid/i.test(name)) return 2;
    return /pred|train/i.test(name) ? 4 : 3;
  };
  const files = active === undefined || annotated.includes(active) ? annotated : [active, ...annotated];
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/** Candidates for the predictions on `gold`, the likeliest first. */
export function predictionCandidates(annotated: readonly string[], gold: string): readonly string[] {
  return annotated
    .filter((file) => file !== gold)
    .sort((a, b) => Number(isPrediction(b)) - Number(isPrediction(a)));
}

function isPrediction(file: string): boolean {
  return /pred|model/i.test(path.basename(file));
}
