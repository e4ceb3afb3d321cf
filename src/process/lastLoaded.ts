import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Precision } from '../model/folder.ts';

interface Releasable {
  release(): Promise<void>;
}

type Load<M> = (folder: string, precision?: Precision) => Promise<M>;

/**
 * Keeps the model that was used last, so that annotating file after file loads it once. A folder whose
 * `config.json` has changed since is loaded anew, as is one that is asked for in another precision.
 */
export function lastLoaded<M extends Releasable>(load: Load<M>): Load<M> {
  let held: { readonly key: string; readonly model: M } | undefined;
  return async (folder, precision) => {
    const changed = await stat(path.join(folder, 'config.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    const key = `${changed} ${precision} ${path.resolve(folder)}`;
    if (held?.key !== key) {
      await held?.model.release();
      held = undefined;
      held = { key, model: await load(folder, precision) };
    }
    return held.model;
  };
}
