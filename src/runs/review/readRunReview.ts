import { runFiles } from '../runFiles.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { lineHash, lineKey, readReview, reviewBeside, type ReviewDecision } from './decisions.ts';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import { asFileError, UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import { readTaggedItem } from '../../corpus/tagged/readTaggedItem.ts';
import { parseDescription } from '../runDescription.ts';
import { fileLines } from '../jsonLines.ts';
import { parseRejectedLine } from '../rejectedText.ts';
import { requestsOfRun, type RunRequests } from './requestsOfRun.ts';
import type { RelationPair, ReviewText, RunReview, TextState } from './reviewText.ts';

/**
 * Reads a run with what was decided about its texts. Only what the ledger has an outcome for is taken, since a
 * run that goes on writes the rest anew. Throws `UserError`.
 */
export async function readRunReview(folder: string, { relationTypes }: Project): Promise<RunReview> {
  const { run, task, labels, pairs, source } = await readDescription(path.join(folder, runFiles.run));
  let relation: string | undefined;
  const requests = await requestsOfRun(path.join(folder, runFiles.ledger));
  const texts: ReviewText[] = [];
  const accepted = path.join(folder, runFiles.accepted);
  for await (const { text: line, number } of fileLines(accepted, requests.acceptedBytes)) {
    const document = parseJsonlLine(line, { file: accepted, number, labels: [] });
    if (document === undefined) continue;
    texts.push(acceptedText(line, number, document, { task, requests }));
    relation ??= document.relations[0]?.label;
  }
  // The project may call it otherwise by now.
  relation ??= pairs[0]?.name;
  relation ??= relationTypes.find(({ head, tail }) => head === labels[0] && tail === labels[1])?.name;
  const rejected = path.join(folder, runFiles.rejected);
  for await (const { text: line, number } of fileLines(rejected, requests.rejectedBytes)) {
    texts.push(rejectedText(line, number, { run, labels, requests, source, file: rejected }));
  }
  const review: RunReview = {
    folder,
    run,
    task,
    labels,
    relation: task === 're' ? (relation ?? 'relation') : undefined,
    pairs,
    texts,
  };
  await applyReview(review, reviewBeside(accepted) as string);
  return review;
}

/** What the document of an accepted or edited text says of it. */
function stateOf(document: Document, isAccepted: boolean, task: 'ner' | 're'): TextState {
  const mentions = document.spans
    .map(({ start, end, label }) => ({ start, end, label }))
    .sort((a, b) => a.start - b.start);
  return {
    isAccepted,
    tagged: { text: document.text, mentions },
    ...(task === 're' ? { related: document.relations.length > 0 } : {}),
  };
}

function acceptedText(
  line: string,
  number: number,
  document: Document,
  { task, requests }: { readonly task: 'ner' | 're'; readonly requests: RunRequests },
): ReviewText {
  const { meta } = document;
  const given = stateOf(document, true, task);
  const { style, seeds } = meta;
  return {
    key: lineKey({ file: 'accepted', line: number }),
    file: 'accepted',
    line: number,
    sha256: lineHash(line),
    id: document.id,
    meta,
    style: typeof style === 'string' ? style : '',
    seeds: Array.isArray(seeds) ? seeds.filter((seed) => typeof seed === 'string') : [],
    request: requests.ofAccepted(number),
    refusal: undefined,
    unread: undefined,
    given,
    now: given,
    reviewed: undefined,
  };
}

interface RejectedContext {
  readonly run: string;
  readonly labels: readonly string[];
  readonly requests: RunRequests;
  readonly source: JsonObject;
  readonly file: string;
}

function rejectedText(
  line: string,
  number: number,
  { run, labels, requests, source, file }: RejectedContext,
): ReviewText {
  const { reason, detail, text, related, request } = parseRejectedLine(line, file, number);
  const asked = requests.byIndex.get(request);
  const read = readTaggedItem({ text }, labels);
  const tagged = read.ok ? { text: read.text, mentions: read.mentions } : { text, mentions: [] };
  const given: TextState = { isAccepted: false, tagged, ...(related === undefined ? {} : { related }) };
  const style = asked?.style ?? '';
  const seeds = asked?.seeds.map(({ name }) => name) ?? [];
  return {
    key: lineKey({ file: 'rejected', line: number }),
    file: 'rejected',
    line: number,
    sha256: lineHash(line),
    id: `${run}-r${String(number).padStart(6, '0')}`,
    meta: {
      ...source,
      ...(asked === undefined ? {} : { prompt: asked.prompt }),
      seeds,
      style,
      run,
      ...(asked?.relation === undefined ? {} : { relation: asked.relation }),
    },
    style,
    seeds,
    request: asked === undefined ? undefined : request,
    refusal: { reason, detail },
    unread: read.ok ? undefined : text,
    given,
    now: given,
    reviewed: undefined,
  };
}

async function readDescription(file: string) {
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw asFileError(error, file);
  });
  const { run, task, labels, relations, provider, model } = parseDescription(source, file);
  if (typeof run === 'string' && (task === 'ner' || task === 're') && Array.isArray(labels)) {
    const names = labels.filter((label) => typeof label === 'string');
    const pairs = Array.isArray(relations) ? relations.flatMap(pairFrom) : [];
    return {
      run,
      task,
      labels: names,
      pairs,
      source: { provider: provider ?? '', model: model ?? '' },
    } as const;
  }
  throw new UserError('This is not the description of a run.', {
    place: { file },
    nextStep: 'Choose a folder that Chartmark has generated.',
  });
}

function pairFrom(value: unknown): readonly RelationPair[] {
  if (!isJsonObject(value)) return [];
  const { name, head, tail } = value;
  return typeof name === 'string' && typeof head === 'string' && typeof tail === 'string'
    ? [{ name, head, tail }]
    : [];
}

async function applyReview({ texts, task }: RunReview, file: string): Promise<void> {
  const decisions = await readReview(file);
  if (decisions.size === 0) return;
  for (const text of texts) {
    const decision = decisions.get(text.key);
    if (decision === undefined) continue;
    // A decision about another line than this one does not hold for it.
    if (decision.sha256 !== text.sha256) continue;
    text.now = decidedState(text, decision, task);
    text.reviewed = { by: decision.by, at: decision.at };
  }
}

function decidedState(
  text: ReviewText,
  { decision, document }: ReviewDecision,
  task: 'ner' | 're',
): TextState {
  const isAccepted = decision === 'accept';
  if (document === undefined) return { ...text.given, isAccepted };
  const read = parseJsonlLine(JSON.stringify(document), { file: undefined, number: text.line, labels: [] });
  return read === undefined ? text.given : stateOf(read, isAccepted, task);
}
