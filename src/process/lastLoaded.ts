import { stat } from 'node:fs/promises';
import path from 'node:path';

interface Releasable {
  release(): Promise<void>;
}

/**
 * Keeps the model that was used last, so that annotating file after file loads it once. A folder whose
 * `config.json` has changed since is loaded anew.
 */
export function lastLoaded<M extends Releasable>(
  load: (folder: string) => Promise<M>,
): (folder: string) => Promise<M> {
  let held: { readonly key: string; readonly model: M } | undefined;
  return async (folder) => {
    const changed = await stat(path.join(folder, 'config.json')).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    const key = `${changed} ${path.resolve(folder)}`;
    if (held?.key !== key) {
      await held?.model.release();
      held = undefined;
      held = { key, model: await load(folder) };
    }
    return held.model;
  };
}
