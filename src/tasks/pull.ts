import path from 'node:path';
import { duration } from '../foundation/duration.ts';
import { folderName, hostOf, hubPlace } from '../model/hub/place.ts';
import {
  megabytes,
  planDownload,
  downloadModel,
  type DownloadPlan,
  type DownloadProgress,
} from '../model/hub/downloadModel.ts';

interface PullInput {
  /** The model's name on the hub: all that is sent, beside an access token in the environment variable HF_TOKEN. */
  readonly id: string;
  /** Address of the hub. */
  readonly endpoint?: string | undefined;
  /** Branch, tag or commit. */
  readonly revision?: string | undefined;
  /** The new folder to write; one of the model's name in `models` if undefined. */
  readonly out?: string | undefined;
  readonly models: string;
}

/** What a person must see before a model is downloaded. */
export interface PullDisclosure {
  readonly id: string;
  readonly host: string;
  readonly commit: string;
  /** The small ones first. */
  readonly files: DownloadPlan['files'];
  /** Bytes of all files. */
  readonly total: number;
  readonly out: string;
}

interface PullHooks {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

interface PullTask {
  readonly disclosure: PullDisclosure;
  /** Downloads the model; what an interrupted download brought is kept for the next time. */
  readonly start: (hooks: PullHooks) => Promise<void>;
}

/** The host that `preparePull` asks. Throws `UserError` if the name or the address is not valid. */
export function hostToAsk({ id, endpoint, revision }: PullInput): string {
  return hostOf(placeOf({ id, endpoint, revision }));
}

/** Asks a hub for the files and sizes of a base encoder, and downloads nothing yet. Throws `UserError`, `CancelledError`. */
export async function preparePull(input: PullInput, signal: AbortSignal): Promise<PullTask> {
  const place = placeOf(input);
  const token = process.env['HF_TOKEN'];
  const access = token === undefined || token === '' ? {} : { token };
  const plan = await planDownload(place, { ...access, signal });
  const { listing, files, total } = plan;
  const out = input.out ?? path.join(input.models, folderName(place.id));
  return {
    disclosure: { id: place.id, host: hostOf(place), commit: listing.commit, files, total, out },
    start: (hooks) => downloadModel(plan, out, { ...access, signal: hooks.signal }, hooks),
  };
}

function placeOf({ id, endpoint, revision }: Pick<PullInput, 'id' | 'endpoint' | 'revision'>) {
  return hubPlace(id, {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(revision === undefined ? {} : { revision }),
  });
}

/** "12.0 MB of 90.9 MB, model.safetensors, 8.1 MB/s, 10 s left". */
export function describePull({ file, done, total, bytesPerSecond, secondsLeft }: DownloadProgress): string {
  return [
    `${megabytes(done)} of ${megabytes(total)}`,
    file,
    ...(bytesPerSecond === undefined ? [] : [`${megabytes(bytesPerSecond)}/s`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
  ].join(', ');
}
