import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { UserError } from '../../foundation/userError.ts';
import { hostOf, type HubAccess, type HubPlace } from './place.ts';
import { get, received, withRetries } from './request.ts';

export interface HubFile {
  /** Path in the model's repository. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** In hexadecimal: SHA-256 for large files, git's SHA-1 for others. */
  readonly checksum: { readonly kind: 'sha256' | 'git'; readonly value: string };
}

export interface HubListing {
  readonly place: HubPlace;
  /** The commit of the revision. Files are downloaded from it even if the revision changes meanwhile. */
  readonly commit: string;
  readonly files: readonly HubFile[];
}

/** Milliseconds to wait for the list of files. */
const patience = 30_000;

/** Bytes. */
const longestListing = 2 ** 24;

/** Asks a hub for the files of a model. Throws `UserError`, or `CancelledError` once the signal is aborted. */
export async function listFiles(place: HubPlace, access: HubAccess): Promise<HubListing> {
  const { endpoint, id, revision } = place;
  const url = `${endpoint}/api/models/${id}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const answer = await withRetries(access, async () => {
    const limit = AbortSignal.timeout(access.patience ?? patience);
    const signal = access.signal === undefined ? limit : AbortSignal.any([access.signal, limit]);
    const response = await get(url, access, signal);
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(place, response, access);
    }
    return textOf(response, hostOf(place));
  });
  return readListing(place, answer);
}

/** The error for a request that the hub refused. */
export function refused(place: HubPlace, response: Response, { token }: HubAccess): UserError {
  const { endpoint, id, revision } = place;
  const host = hostOf(place);
  const code = response.headers.get('x-error-code');
  if (code === 'GatedRepo' || (response.status === 403 && code === null)) {
    return new UserError(`${host} gives access to ${id} only to people who have accepted its terms.`, {
      nextStep: `Accept them at ${endpoint}/${id}, and set HF_TOKEN to your access token.`,
    });
  }
  if (code === 'RevisionNotFound') {
    return new UserError(`The model ${id} has no revision ${revision}.`, {
      nextStep: 'Choose another revision, or leave it out.',
    });
  }
  if (response.status === 401 && token !== undefined && code !== 'RepoNotFound') {
    return new UserError(`${host} does not accept the token in HF_TOKEN.`, {
      nextStep: 'Set another token, or none for a public model.',
    });
  }
  if (response.status === 401 || response.status === 404) {
    return new UserError(`${host} has no public model ${id}.`, {
      nextStep: 'Check the name. For a private model, set HF_TOKEN to your access token.',
    });
  }
  return new UserError(`${host} refused the request for ${id} (HTTP ${response.status}).`, {
    nextStep: 'Check the name of the model and the address of the hub.',
  });
}

/** The text of a response. Throws `UserError` if it is longer than any list of files. */
async function textOf({ body }: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of received(body, host)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestListing) throw notAListing(host, 'it is too long');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function notAListing(host: string, reason: string): UserError {
  return new UserError(`The answer of ${host} is not a list of files: ${reason}.`, {
    nextStep: 'Check the address of the hub.',
  });
}

function readListing(place: HubPlace, answer: string): HubListing {
  const host = hostOf(place);
  const fail = (reason: string): UserError => notAListing(host, reason);
  let listing: unknown;
  try {
    listing = JSON.parse(answer);
  } catch {
    throw fail('it is not JSON');
  }
  const { sha, siblings } = isJsonObject(listing) ? listing : {};
  if (typeof sha !== 'string' || !/^\w+$/.test(sha)) throw fail('it has no commit');
  if (!Array.isArray(siblings)) throw fail('it has no files');
  const files = siblings.map((file: JsonValue) => readFile(file, fail));
  for (const { name } of files) {
    if (isInside(name)) continue;
    throw new UserError(
      `${host} lists the file ${JSON.stringify(name)}, which is outside the model folder.`,
      {
        nextStep: 'Do not use this model, and report it to the hub.',
      },
    );
  }
  return { place, commit: sha, files };
}

function readFile(file: JsonValue, fail: (reason: string) => UserError): HubFile {
  const { rfilename: name, size, blobId, lfs } = isJsonObject(file) ? file : {};
  const large = isJsonObject(lfs) ? lfs : {};
  if (typeof name !== 'string') throw fail('a file has no name');
  const bytes = large['size'] ?? size;
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 0) throw fail(`${name} has no size`);
  const sha256 = large['sha256'] ?? large['oid'];
  if (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)) {
    return { name, size: bytes as number, checksum: { kind: 'sha256', value: sha256 } };
  }
  if (typeof blobId !== 'string' || !/^[0-9a-f]{40}$/.test(blobId)) throw fail(`${name} has no checksum`);
  return { name, size: bytes as number, checksum: { kind: 'git', value: blobId } };
}

/** Whether a path stays in its folder, on every system. */
function isInside(name: string): boolean {
  const parts = name.split('/');
  return !/[\\:\0]/.test(name) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}
