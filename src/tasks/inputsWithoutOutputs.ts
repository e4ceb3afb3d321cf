import path from 'node:path';
import { isGlob, staticFolder } from '../corpus/glob.ts';
import type { RunFolders } from '../corpus/paths.ts';
import { realPath } from '../foundation/realPath.ts';
import { runFolders } from '../runs/runFolders.ts';
import { writtenNames } from './outputFolder.ts';

/**
 * How to read folders and globs so that a command which is repeated does not take its own results for inputs: what Chartmark
 * wrote at or below `out` is left out, unless the user named it, or a folder in it.
 */
export async function inputsWithoutOutputs(paths: readonly string[], out: string): Promise<RunFolders> {
  const places = new Set([path.resolve(out), await realPath(out)]);
  for (const given of paths) {
    const start = await realPath(isGlob(given) ? staticFolder(given) : given);
    for (const place of places)
      if (`${start}${path.sep}`.startsWith(`${place}${path.sep}`)) return runFolders;
  }
  const written = new Set<string>();
  for (const place of places) {
    for (const name of await writtenNames(place)) written.add(path.join(place, name));
    const { dir, base } = path.parse(place);
    if ((await writtenNames(dir)).has(base)) written.add(place);
  }
  return { ...runFolders, skips: (file) => written.has(path.resolve(file)) };
}
