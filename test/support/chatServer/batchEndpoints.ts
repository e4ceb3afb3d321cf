import type { IncomingMessage, ServerResponse } from 'node:http';
import { completionBody, sendFault, type Completion, type Fault } from './faults.ts';

/** A line of a batch file as it came. */
export interface BatchRequest {
  readonly custom_id: string;
  readonly method: string;
  readonly url: string;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
    readonly max_tokens?: number;
  };
}

/** What becomes of one request. `twice` has two lines, `missing` none; `torn` ends in the middle of its line. */
export type LineFate =
  | 'answered'
  | 'expired'
  | 'missing'
  | 'twice'
  | 'garbled'
  | 'torn'
  | { readonly status: number; readonly message?: string };

export type BatchCall = 'upload' | 'create' | 'list' | 'retrieve' | 'cancel' | 'content';

export interface BatchBehaviour {
  /** What goes wrong with a call; `number` counts the calls of its kind from 0. A drop mid-body comes after the work is done. */
  readonly fault?: (call: BatchCall, number: number) => Fault | undefined;
  /** `number` counts the requests of a batch. */
  readonly fate?: (request: BatchRequest, number: number) => LineFate;
  /** Looks at a batch until it is done; 1 when left out. */
  readonly looks?: number;
  /** How a batch ends when nothing goes wrong; `completed` when left out. */
  readonly end?: 'completed' | 'failed' | 'expired';
}

export interface SubmittedBatch {
  readonly id: string;
  readonly input: string;
  readonly requests: readonly BatchRequest[];
  readonly metadata: object;
  status: string;
  looks: number;
  output?: string;
  errors?: string;
}

interface Sources {
  readonly behaviour: BatchBehaviour;
  /** The model's answer to a request that is answered. */
  readonly complete: (request: BatchRequest) => Completion;
}

/** The Files and Batches endpoints of a service. Nothing is done before somebody looks. */
export function batchEndpoints({ behaviour, complete }: Sources) {
  const files = new Map<string, string>();
  const batches: SubmittedBatch[] = [];
  const counts = new Map<BatchCall, number>();
  const { fault, fate = () => 'answered', looks = 1, end = 'completed' } = behaviour;

  const keep = (content: string): string => {
    const id = `file-${files.size + 1}`;
    files.set(id, content);
    return id;
  };

  const finish = (batch: SubmittedBatch): void => {
    batch.status = batch.status === 'cancelling' ? 'cancelled' : end;
    if (batch.status === 'failed') return;
    const lines = batch.requests.flatMap((request, number) =>
      linesOf(request, fate(request, number), complete),
    );
    const of = (kind: 'output' | 'errors'): string =>
      lines
        .filter((line) => line.kind === kind)
        // In no order that a client could count on.
        .sort((a, b) => (a.order < b.order ? -1 : 1))
        .map(({ text }) => text)
        .join('');
    const [output, errors] = [of('output'), of('errors')];
    if (output !== '') batch.output = keep(output);
    if (errors !== '') batch.errors = keep(errors);
  };

  const find = (id: string): SubmittedBatch | undefined => batches.find((batch) => batch.id === id);

  const perform = async (call: BatchCall, url: URL, body: Buffer, type: string): Promise<unknown> => {
    const id = url.pathname.split('/')[3] ?? '';
    switch (call) {
      case 'upload': {
        const form = await new Response(new Uint8Array(body), {
          headers: { 'content-type': type },
        }).formData();
        const file = form.get('file');
        return { id: keep(file instanceof File ? await file.text() : ''), object: 'file', purpose: 'batch' };
      }
      case 'create': {
        const asked = JSON.parse(body.toString('utf8')) as { input_file_id: string; metadata: object };
        const source = files.get(asked.input_file_id) ?? '';
        const requests = source
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as BatchRequest);
        const batch: SubmittedBatch = {
          id: `batch_${batches.length + 1}`,
          input: source,
          requests,
          metadata: asked.metadata,
          status: 'validating',
          looks: 0,
        };
        batches.push(batch);
        return show(batch);
      }
      case 'list': {
        const newest = [...batches].reverse();
        const after = url.searchParams.get('after');
        const from = after === null ? 0 : newest.findIndex((batch) => batch.id === after) + 1;
        const page = newest.slice(from, from + 2);
        return { object: 'list', data: page.map(show), has_more: from + 2 < newest.length };
      }
      case 'retrieve': {
        const batch = find(id);
        if (batch !== undefined && ['validating', 'in_progress', 'cancelling'].includes(batch.status)) {
          if (++batch.looks >= looks) finish(batch);
          else if (batch.status === 'validating') batch.status = 'in_progress';
        }
        return batch === undefined ? undefined : show(batch);
      }
      case 'cancel': {
        const batch = find(id);
        if (batch !== undefined) batch.status = 'cancelling';
        return batch === undefined ? undefined : show(batch);
      }
      case 'content':
        return files.get(id);
    }
  };

  return {
    batches: batches as readonly SubmittedBatch[],
    calls: (call: BatchCall): number => counts.get(call) ?? 0,
    /** Whether the request is for these endpoints; answers it then. */
    serve: async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const call = callOf(request.method ?? '', url.pathname);
      if (call === undefined) return false;
      const number = counts.get(call) ?? 0;
      counts.set(call, number + 1);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const wrong = fault?.(call, number);
      const isDoneAllTheSame = wrong?.kind === 'drop' && wrong.when === 'mid-body';
      const answer =
        wrong === undefined || isDoneAllTheSame
          ? await perform(call, url, Buffer.concat(chunks), request.headers['content-type'] ?? '')
          : {};
      const body = typeof answer === 'string' ? answer : JSON.stringify(answer ?? {});
      if (wrong !== undefined) sendFault(response, wrong, body);
      else if (answer === undefined) sendFault(response, { kind: 'status', status: 404 }, body);
      else response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      return true;
    },
  };
}

function callOf(method: string, pathname: string): BatchCall | undefined {
  const parts = pathname.split('/').slice(2);
  const [first, id, last] = parts;
  if (first === 'files') return method === 'POST' ? 'upload' : last === 'content' ? 'content' : undefined;
  if (first !== 'batches') return undefined;
  if (last === 'cancel') return 'cancel';
  if (method === 'POST') return 'create';
  return id === undefined ? 'list' : 'retrieve';
}

function show(batch: SubmittedBatch): object {
  const isOver = batch.output !== undefined || batch.errors !== undefined;
  return {
    id: batch.id,
    object: 'batch',
    endpoint: '/v1/chat/completions',
    status: batch.status,
    metadata: batch.metadata,
    ...(batch.output === undefined ? {} : { output_file_id: batch.output }),
    ...(batch.errors === undefined ? {} : { error_file_id: batch.errors }),
    ...(batch.status === 'failed'
      ? { errors: { data: [{ code: 'token_limit_exceeded', message: 'secret', line: null }] } }
      : {}),
    request_counts: {
      total: batch.requests.length,
      completed: isOver ? batch.requests.length : 0,
      failed: 0,
    },
  };
}

interface Line {
  readonly kind: 'output' | 'errors';
  readonly order: string;
  readonly text: string;
}

function linesOf(
  request: BatchRequest,
  fate: LineFate,
  complete: (request: BatchRequest) => Completion,
): readonly Line[] {
  const { custom_id } = request;
  const line = (kind: Line['kind'], rest: object): Line => ({
    kind,
    order: custom_id.split('').reverse().join(''),
    text: `${JSON.stringify({ id: `batch_req_${custom_id}`, custom_id, ...rest })}\n`,
  });
  const answered = (): Line =>
    line('output', {
      response: { status_code: 200, request_id: 'r', body: completionBody(complete(request), undefined) },
      error: null,
    });
  if (typeof fate === 'object') {
    const { status, message = 'Something is wrong.' } = fate;
    const body = { error: { message, type: 'error', code: null, param: null } };
    return [line('errors', { response: { status_code: status, request_id: 'r', body }, error: null })];
  }
  switch (fate) {
    case 'answered':
      return [answered()];
    case 'twice':
      return [answered(), answered()];
    case 'missing':
      return [];
    case 'torn':
      return [{ ...answered(), order: '~', text: answered().text.slice(0, -40) }];
    case 'garbled':
      return [
        line('output', { response: { status_code: 200, request_id: 'r', body: { hello: 1 } }, error: null }),
      ];
    case 'expired':
      return [line('errors', { response: null, error: { code: 'batch_expired', message: 'secret' } })];
  }
}
