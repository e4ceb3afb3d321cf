import type { ServerResponse } from 'node:http';

/** How one answer goes wrong. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly param?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection ends before anything was answered, or in the middle of the body. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'mid-body' }
  /** A byte now and then, and never the last one. */
  | { readonly kind: 'drip' }
  | { readonly kind: 'silence' }
  /** A whole answer that says it is something else. */
  | { readonly kind: 'content-type'; readonly type: string }
  /** A web page with status 200, as a proxy sends one. */
  | { readonly kind: 'web-page' }
  | { readonly kind: 'invalid-json' }
  | { readonly kind: 'not-a-completion' }
  | { readonly kind: 'huge'; readonly bytes: number }
  /** The text ends in the middle (`finish_reason: length`). */
  | { readonly kind: 'truncated' }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'content-filter' }
  /** Without the count of tokens. */
  | { readonly kind: 'no-usage' }
  /** With the id of the answer before. */
  | { readonly kind: 'same-id' };

/** A completion as the service writes it. */
export interface Completion {
  readonly id: string;
  readonly model: string;
  readonly content: string;
  readonly tokens: { readonly input: number; readonly output: number };
}

/** Whether an answer is whole and says how it was meant, so that a client has no reason to ask again. */
export function isWhole(fault: Fault | undefined): boolean {
  const whole = ['content-type', 'huge', 'truncated', 'refusal', 'content-filter', 'no-usage', 'same-id'];
  return fault === undefined || whole.includes(fault.kind);
}

/** Whether an answer comes to an end, good or bad. */
export function isAnswered(fault: Fault | undefined): boolean {
  return fault?.kind !== 'silence' && fault?.kind !== 'drip';
}

/** Answers with a completion, or with what `fault` makes of it. */
export function answer(response: ServerResponse, completion: Completion, fault: Fault | undefined): void {
  const body = completionBody(completion, fault);
  if (fault === undefined) send(response, JSON.stringify(body));
  else if (fault.kind === 'huge') {
    send(response, JSON.stringify({ ...body, padding: 'x'.repeat(fault.bytes) }));
  } else sendFault(response, fault, JSON.stringify(body));
}

/** Answers with `body`, or with what `fault` makes of it. */
export function sendFault(response: ServerResponse, fault: Fault, body: string): void {
  switch (fault.kind) {
    case 'status':
      sendStatus(response, fault);
      return;
    case 'drop':
      if (fault.when === 'before') response.socket?.destroy();
      else {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length + 10 });
        response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
      }
      return;
    case 'drip':
      drip(response, body);
      return;
    case 'silence':
      return;
    case 'web-page':
      send(response, '<html><body>Welcome</body></html>', 'text/html');
      return;
    case 'invalid-json':
      send(response, body.slice(0, -5));
      return;
    case 'not-a-completion':
      send(response, '{"hello":1}');
      return;
    case 'content-type':
      send(response, body, fault.type);
      return;
    case 'huge':
    case 'truncated':
    case 'refusal':
    case 'content-filter':
    case 'no-usage':
    case 'same-id':
      send(response, body);
  }
}

/** A completion as the service writes it, or what `fault` makes of it. */
export function completionBody({ id, model, content, tokens }: Completion, fault: Fault | undefined): object {
  const kind = fault?.kind;
  const message =
    kind === 'refusal'
      ? { role: 'assistant', content: null, refusal: 'I cannot write that.' }
      : {
          role: 'assistant',
          content: kind === 'truncated' ? content.slice(0, content.length * 0.7) : content,
        };
  const finish = kind === 'truncated' ? 'length' : kind === 'content-filter' ? 'content_filter' : 'stop';
  return {
    id: kind === 'same-id' ? 'chatcmpl-same' : id,
    object: 'chat.completion',
    created: 1_790_000_000,
    model,
    choices: [{ index: 0, finish_reason: finish, message, logprobs: null }],
    ...(kind === 'no-usage'
      ? {}
      : {
          usage: {
            prompt_tokens: tokens.input,
            completion_tokens: tokens.output,
            total_tokens: tokens.input + tokens.output,
          },
        }),
  };
}

function send(response: ServerResponse, body: string, type = 'application/json'): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}

function sendStatus(response: ServerResponse, fault: Extract<Fault, { kind: 'status' }>): void {
  const { status, code = null, param = null, message = 'Something is wrong.', headers = {} } = fault;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message, code, param, type: 'error' } }));
}

function drip(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < body.length - 1) response.write(body[sent++]);
  }, 20);
  response.on('close', () => clearInterval(timer));
}
