import { duration } from '../foundation/duration.ts';
import { hostOf, type HubPlace } from '../model/hub/place.ts';
import {
  megabytes,
  planDownload,
  downloadModel,
  type DownloadPlan,
  type DownloadProgress,
} from '../model/hub/downloadModel.ts';

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

/**
 * Asks a hub for the files and sizes of a base encoder, and downloads nothing yet. All that is sent is the model's name,
 * and an access token if the environment variable HF_TOKEN holds one. Throws `UserError`, `CancelledError`.
 */
export async function preparePull(place: HubPlace, out: string, signal: AbortSignal): Promise<PullTask> {
  const token = process.env['HF_TOKEN'];
  const access = token === undefined || token === '' ? {} : { token };
  const plan = await planDownload(place, { ...access, signal });
  const { listing, files, total } = plan;
  return {
    disclosure: { id: place.id, host: hostOf(place), commit: listing.commit, files, total, out },
    start: (hooks) => downloadModel(plan, out, { ...access, signal: hooks.signal }, hooks),
  };
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
