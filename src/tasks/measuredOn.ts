import path from 'node:path';
import { runFiles } from '../runs/runFiles.ts';

/** Names or paths of the files that a model was trained on, and of those its F1 was measured on, if they are others. */
interface Sources {
  readonly train: readonly string[];
  readonly dev?: readonly string[] | undefined;
}

/**
 * What the F1 of a training was measured on, for a sentence: "F1 81.0% on synthetic texts". Such an F1 says nothing of real
 * notes. Without files of its own, it is measured on a part of the training texts.
 */
export function measuredOn({ train, dev }: Sources): string {
  const files = dev ?? train;
  const synthetic = files.filter(isSynthetic).length;
  if (files.length > 0 && synthetic === files.length) return 'synthetic texts';
  if (synthetic > 0) return 'partly synthetic texts';
  if (dev === undefined) return 'a part of the training texts';
  return dev.map((file) => path.basename(file)).join(', ');
}

/** The accepted texts of a run, or its folder. */
function isSynthetic(file: string): boolean {
  return path.basename(file) === runFiles.accepted;
}
