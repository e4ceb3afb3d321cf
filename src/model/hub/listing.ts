import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { UserError } from '../../foundation/userError.ts';
import { hostOf, type HubAccess, type HubPlace } from './place.ts';
import { get, received, withRetries } from './request.ts';

/** A file of a model. */
export interface HubFile {
  /** Path in the model's repository. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of large files, of others the SHA-1 that git gives them; in hexadecimal. */
  readonly checksum: { readonly kind: 'sha256' | 'git'; readonly value: string };
}

export interface HubListing {
  readonly place: HubPlace;
  /** The commit that the revision is at: what is downloaded, whatever happens there meanwhile. */
  readonly commit: string;
  readonly files: readonly HubFile[];
}

/** Milliseconds for an answer that holds no weights. */
const patience = 30_000;

/** Bytes. */
const longestListing = 2 ** 24;

/** Asks a hub what files a model has. Throws `UserError`, or `CancelledError` once the signal is aborted. */
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

/** A refusal of the hub as a sentence. */
export function refused(place: HubPlace, response: Response, { token }: HubAccess): UserError {
  const { endpoint, id, revision } = place;
  const host = hostOf(place);
  const code = response.headers.get('x-error-code');
  if (code === 'GatedRepo' || (response.status === 403 && code === null)) {
    return new UserError(`${host} gives ${id} only to people who accepted its terms.`, {
      nextStep: `Accept them at ${endpoint}/${id}, and set HF_TOKEN to an access token of yours.`,
    });
  }
  if (code === 'RevisionNotFound') {
    return new UserError(`The model ${id} has no revision ${revision}.`, {
      nextStep: 'Name another, or leave it out.',
    });
  }
  if (response.status === 401 && token !== undefined && code !== 'RepoNotFound') {
    return new UserError(`${host} does not accept the token in HF_TOKEN.`, {
      nextStep: 'Set another, or none for a public model.',
    });
  }
  if (response.status === 401 || response.status === 404) {
    return new UserError(`${host} has no public model ${id}.`, {
      nextStep: 'Check the name; for a private model set HF_TOKEN to an access token of yours.',
    });
  }
  return new UserError(`${host} refuses ${id} (${response.status}).`, {
    nextStep: 'Check the name and the address of the hub.',
  });
}

/** The text of an answer, unless it is longer than any list of files. */
async function textOf({ body }: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of received(body, host)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestListing) {
      throw new UserError(`${host} answered with something that is no list of files: it does not end.`, {
        nextStep: 'Check the address of the hub.',
      });
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readListing(place: HubPlace, answer: string): HubListing {
  const fail = (what: string): UserError =>
    new UserError(`${hostOf(place)} answered with something that is no list of files: ${what}.`, {
      nextStep: 'Check the address of the hub.',
    });
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
      `${hostOf(place)} lists the file ${JSON.stringify(name)}, which leads out of its folder.`,
      {
        nextStep: 'Do not use this model, and tell the hub about it.',
      },
    );
  }
  return { place, commit: sha, files };
}

function readFile(file: JsonValue, fail: (what: string) => UserError): HubFile {
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
