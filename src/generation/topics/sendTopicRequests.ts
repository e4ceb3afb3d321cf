import type { CompletionReply } from '../../llm/provider.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { whyUnreadable } from '../../llm/reply/unreadable.ts';
import { throwIfCancelled, UserError } from '../../foundation/userError.ts';
import type { Account } from '../../llm/cost/account.ts';
import type { MeasuredRequest } from '../../llm/cost/measureRequest.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import type { Sender } from '../../llm/sending/sender.ts';
import type { EntityType, Project } from '../../project/project.ts';
import { limitReached } from '../../runs/endings.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { openRunFolder, type RunFolder } from '../../runs/runFolder.ts';
import { sendRecorded } from '../../runs/sendRecorded.ts';
import type { TopicPart, TopicProgress } from './topicProgress.ts';
import { composeTopicRequest, progressFrom, type TopicOptions, topicRun } from './topicRun.ts';

/** What all requests for topics have in common. */
interface SendingContext {
  readonly account: Account;
  readonly sender: Sender;
  readonly price: TokenPrice | undefined;
  readonly signal: AbortSignal | undefined;
  readonly concurrency: number;
  readonly report: (type: EntityType, topics: readonly string[], trouble?: string) => void;
}

/** A type whose topics are being requested. */
interface OpenType {
  readonly type: EntityType;
  readonly run: string;
  readonly folder: RunFolder;
  readonly progress: TopicProgress;
  /** The indexes of requests, first those that were sent without a reply. */
  readonly nextIndex: () => number;
  /** The last reply. */
  last: CompletionReply | undefined;
}

/** Requests the topics of all types, several at a time. Resolves once every reply is on disk. Throws what went wrong first. */
export async function sendTopicRequests(options: TopicOptions, context: SendingContext): Promise<undefined> {
  const open: OpenType[] = [];
  try {
    for (const type of options.types) open.push(await openType(type, options, context.price));
    await sendAll(open, options, context);
    const empty = open.find(({ progress }) => progress.topics().length === 0);
    if (empty !== undefined) throw noTopic(empty.type, topicRun(options, empty.type).folder, empty.last);
    return undefined;
  } finally {
    for (const { folder } of open) await folder.close();
  }
}

async function openType(
  type: EntityType,
  options: TopicOptions,
  price: TokenPrice | undefined,
): Promise<OpenType> {
  const { run, folder: out, description } = topicRun(options, type);
  const folder = await openRunFolder(out, description, { resume: true, price });
  const again = folder.state.open.map(({ index }) => index);
  let fresh = folder.state.nextIndex;
  return {
    type,
    run,
    folder,
    progress: progressFrom(options, type, folder.state),
    nextIndex: () => again.shift() ?? fresh++,
    last: folder.state.pending.at(-1)?.reply,
  };
}

/**
 * Sends what is missing. Until a reply has a topic, one request is sent at a time, so that a wrong key or model costs few. After
 * a failure nothing new is sent, and the replies in flight are waited for, because they are paid for.
 */
async function sendAll(
  types: readonly OpenType[],
  { project }: TopicOptions,
  context: SendingContext,
): Promise<void> {
  const { account, price, concurrency, report, signal } = context;
  const cancel = signal ?? new AbortController().signal;
  const stopping = new AbortController();
  const stop = AbortSignal.any([cancel, stopping.signal]);
  const work = new Set<Promise<unknown>>();
  let failure: { readonly reason: unknown } | undefined;
  const fail = (reason: unknown): void => {
    failure ??= { reason };
    stopping.abort();
  };
  for (const { type, progress } of types) report(type, progress.topics());
  while (!stop.aborted) {
    const hasFound = types.some(({ progress }) => progress.topics().length > 0);
    const mayStart = work.size < (hasFound ? concurrency : 1);
    const next = mayStart ? nextRequest(types, project, price) : undefined;
    if (next === undefined && work.size === 0) break;
    if (next !== undefined && account.fits(next.composed.upTo)) {
      const sent = send(next, { ...context, cancel, stop })
        .catch(fail)
        .finally(() => work.delete(sent));
      work.add(sent);
    } else if (next !== undefined && work.size === 0) {
      fail(limitReached(account, next.composed.upTo));
    } else {
      await Promise.race(work);
    }
  }
  await Promise.all(work);
  throwIfCancelled(signal);
  if (failure !== undefined) throw failure.reason;
}

interface NextRequest {
  readonly open: OpenType;
  readonly part: TopicPart;
  readonly composed: MeasuredRequest;
}

function nextRequest(
  types: readonly OpenType[],
  project: Project,
  price: TokenPrice | undefined,
): NextRequest | undefined {
  for (const open of types) {
    const spec = open.progress.next();
    if (spec === undefined) continue;
    // The index is not part of the prompt, and is drawn when the request is sent.
    return { open, part: spec, composed: composeTopicRequest(spec, 0, project, price) };
  }
  return undefined;
}

async function send(
  { open, part: { area, count }, composed }: NextRequest,
  context: SendingContext & { readonly cancel: AbortSignal; readonly stop: AbortSignal },
): Promise<void> {
  const { type, run, folder, progress, nextIndex } = open;
  const { account, price, report } = context;
  const index = nextIndex();
  progress.begin();
  const reply = await sendRecorded(
    {
      index,
      record: { style: area, texts: count, negatives: 0, seeds: [] },
      composed: { ...composed, request: { ...composed.request, index } },
    },
    {
      ...context,
      run,
      folder,
      onTrouble: (trouble) => report(type, progress.topics(), trouble),
    },
  );
  const cost = account.answered(composed.upTo, reply);
  // Resolves in the order of the ledger, in which a later session reads the replies.
  await folder.replied(index, reply, price === undefined ? undefined : cost);
  open.last = reply;
  progress.take(reply, { area, count });
  report(type, progress.topics());
}

function noTopic({ name }: EntityType, file: string, last: CompletionReply | undefined): UserError {
  const message = `No reply of the model contains a topic of the type ${name}`;
  const place = { file };
  if (last === undefined || last.refused !== undefined || answerIn(last.text) !== '') {
    const nextStep = `Read ${runFiles.ledger} there, and try another model.`;
    return new UserError(`${message}.`, { place, nextStep });
  }
  const { detail, nextStep } = whyUnreadable(last);
  return new UserError(`${message}: ${detail}.`, { place, nextStep });
}
