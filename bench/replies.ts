/**
 * `node bench/replies.ts`: what a run does with one core beside waiting for its service: planning and wording
 * a request, reading the reply, the filters, near-duplicates, the lines for the files. Replies are those of the
 * offline provider, made beforehand, each text followed by a made-up sentence of its own: its templates alone
 * would soon be duplicates, for which most of the work is not done. Writing to the disk is not in it. The peer is
 * the least that could be done: JSON.parse of the reply and JSON.stringify of each text.
 */
import { digest } from '../src/foundation/digest.ts';
import { judgeReply } from '../src/generation/run/judgeReply.ts';
import type { RequestSpec } from '../src/generation/plan/requestSpec.ts';
import path from 'node:path';
import { defaultProject } from '../src/project/defaults.ts';
import { createJudge } from '../src/generation/judge/judge.ts';
import { planVersion } from '../src/generation/plan/planVersion.ts';
import { lexiconTopics, loadLexicon } from '../src/generation/topics/lexicon.ts';
import { planRequest, type RunPlan } from '../src/generation/plan/planRequest.ts';
import { buildPrompt } from '../src/generation/prompt/buildPrompt.ts';
import type { CompletionReply } from '../src/llm/provider.ts';
import { offlineWriter } from '../src/generation/offline/offlineWriter.ts';
import type { Tally } from '../src/generation/run/tally.ts';
import { taggedText } from '../test/support/chatServer/sentences.ts';
import { printTable } from './table.ts';

interface Answered {
  readonly spec: RequestSpec;
  readonly reply: CompletionReply;
}

const lexicon = await loadLexicon(path.join(import.meta.dirname, '..'));
const provider = offlineWriter(lexicon, 1);
const rows: string[][] = [];
for (const [textsPerRequest, requests] of [
  [1, 30_000],
  [10, 6000],
] as const) {
  const project = { ...defaultProject, generation: { ...defaultProject.generation, textsPerRequest } };
  const types = ['Disease', 'Chemical', 'Procedure'];
  const plan: RunPlan = {
    task: 'ner',
    project,
    count: 1_000_000,
    seed: 1,
    version: planVersion,
    topics: lexiconTopics(project, lexicon, { types, count: 5000, seed: 1 }),
  };
  const replies: Answered[] = [];
  for (let index = 0; index < requests; index++) {
    const spec = planRequest(plan, index, {
      accepted: index * textsPerRequest,
      acceptedNegative: 0.4 * index,
    });
    const { text } = await provider.complete({ index, spec, messages: [], replySchema: {} });
    replies.push({ spec, reply: { text: ofItsOwn(text, index * textsPerRequest) } });
  }
  rows.push([
    `${textsPerRequest} a reply`,
    ...figures(run(plan, replies), requests),
    ...figures(least(replies), requests),
  ]);
}
printTable(['texts', 'replies/s of CPU', 'µs a reply', 'peer: replies/s', 'µs a reply'], rows);

/** The reply with a sentence after each text that no other one has; tagged where the text is. */
function ofItsOwn(reply: string, first: number): string {
  const { texts } = JSON.parse(reply) as { texts: readonly { readonly text: string }[] };
  return JSON.stringify({
    texts: texts.map(({ text }, index) => {
      const more = taggedText(first + index);
      return { text: `${text} ${text.includes('<') ? more : more.replaceAll(/<[^<>]*>/g, '')}` };
    }),
  });
}

/** CPU seconds. */
function run(plan: RunPlan, replies: readonly Answered[]): number {
  const judge = createJudge(plan.project);
  const tally: Tally = {
    accepted: 0,
    acceptedNegative: 0,
    rejected: 0,
    requests: 0,
    tokens: undefined,
    reasons: {},
  };
  const begun = process.cpuUsage();
  let bytes = 0;
  for (const [index, { spec, reply }] of replies.entries()) {
    // The reply was written for the ask that is stored; planning is done for its time.
    const planned = planRequest(plan, index, tally);
    const hash = digest(buildPrompt(planned, plan.project));
    const provenance = { run: 'ner-bench', provider, promptHash: hash, spec };
    const { accepted, rejected } = judgeReply(reply, { index, provenance, judge, tally, count: plan.count });
    bytes += accepted.join('').length + rejected.join('').length;
  }
  const used = seconds(begun);
  console.log(
    `${replies.length} replies: ${tally.accepted} accepted, ${bytes} bytes, rejected ${JSON.stringify(tally.reasons)}`,
  );
  return used;
}

function least(replies: readonly Answered[]): number {
  const begun = process.cpuUsage();
  let bytes = 0;
  for (const { reply } of replies) {
    const { texts } = JSON.parse(reply.text) as { texts: readonly object[] };
    for (const one of texts) bytes += JSON.stringify(one).length;
  }
  return bytes === 0 ? 0 : seconds(begun);
}

function seconds(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

function figures(used: number, replies: number): string[] {
  return [Math.round(replies / used).toString(), ((used * 1e6) / replies).toFixed(0)];
}
