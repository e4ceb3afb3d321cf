import { runFiles } from '../runFiles.ts';
import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { parseJsonlLine } from '../../corpus/jsonl.ts';
import { lineHash, lineKey, readReview, type ReviewDecision } from './decisions.ts';
import type { JsonObject } from '../../foundation/json.ts';
import type { Project } from '../../project/project.ts';
import { readTaggedItem } from '../../corpus/tagged/readTaggedItem.ts';
import { readGenerationRun } from '../runDescription.ts';
import { fileLines } from '../jsonLines.ts';
import { parseRejectedLine } from '../rejectedText.ts';
import { requestsOfRun, type RunRequests } from './requestsOfRun.ts';
import type { ReviewText, RunReview, TextState } from './reviewText.ts';

/**
 * Reads a run and the decisions about its texts. Texts without an outcome in the ledger are left out, because a resumed run
 * writes them again. Throws `UserError`.
 */
export async function readRunReview(folder: string, { relationTypes }: Project): Promise<RunReview> {
  const { run, task, labels, relations: pairs = [], provider, model } = await readGenerationRun(folder);
  const source = { provider, model };
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
  // The project may have renamed the relation since.
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
  await applyReview(review, path.join(folder, runFiles.review));
  return review;
}

/** The state of an accepted or edited text, from its document. */
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

async function applyReview({ texts, task }: RunReview, file: string): Promise<void> {
  const decisions = await readReview(file);
  if (decisions.size === 0) return;
  for (const text of texts) {
    const decision = decisions.get(text.key);
    if (decision === undefined) continue;
    // If the line has changed, the decision was about another text.
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
