import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseJsonl } from '../../corpus/jsonl.ts';
import { formatInlineTags } from '../../corpus/tagged/inlineTags.ts';
import type { Provider } from '../../llm/provider.ts';
import { withSentences } from '../../project/defaults.ts';
import type { Project } from '../../project/project.ts';
import { parseRejectedLine } from '../../runs/rejectedText.ts';
import { runFiles } from '../../runs/runFiles.ts';
import { generate } from '../run/generateTexts.ts';
import type { Trial } from './round.ts';

interface TrialOptions {
  readonly task: 'ner' | 're';
  readonly project: Project;
  readonly provider: Provider;
  readonly template: string;
  /** The trial's own run folder. */
  readonly out: string;
  readonly texts: number;
  readonly seed: number;
  readonly maxCostUsd?: number;
}

/** A project whose runs request `texts` texts at once, as a trial does. */
export function trialProject(given: Project, task: 'ner' | 're', texts: number): Project {
  const project = task === 're' ? withSentences(given) : given;
  return { ...project, generation: { ...project.generation, textsPerRequest: texts } };
}

/**
 * Has a model write a few texts with a template in one request, and judges them as a run does. The request is the same
 * for every template if the seed is. The run folder keeps everything; a trial that is there is not paid for again.
 */
export async function tryTemplate(options: TrialOptions, signal?: AbortSignal): Promise<Trial> {
  const { task, template, texts, out, project: given, ...rest } = options;
  const project = trialProject(given, task, texts);
  const { costUsd, unansweredUsd = 0 } = await generate(
    {
      ...rest,
      task,
      out,
      project: {
        ...project,
        prompts: { ...project.prompts, [task]: { file: `${out}.md`, text: template } },
      },
      count: texts,
      mostRequests: 1,
      resume: true,
    },
    signal === undefined ? {} : { signal },
  );
  const documents = parseJsonl(await readFile(path.join(out, runFiles.accepted), 'utf8'));
  const refused = await readRejected(path.join(out, runFiles.rejected));
  const rejected: Record<string, number> = {};
  for (const { reason } of refused) rejected[reason] = (rejected[reason] ?? 0) + 1;
  const tagged = documents.map(({ text, spans }) => ({ text: formatInlineTags({ text, mentions: spans }) }));
  const characters = documents.reduce((sum, { text }) => sum + text.length, 0);
  return {
    accepted: documents.length,
    rejected,
    mentions: documents.reduce((sum, { spans }) => sum + spans.length, 0),
    negative: documents.filter(
      (document) => (task === 'ner' ? document.spans : document.relations).length === 0,
    ).length,
    meanLength: documents.length === 0 ? 0 : Math.round(characters / documents.length),
    texts: [...tagged, ...refused.map(({ text, reason, detail }) => ({ text, reason, detail }))],
    ...(costUsd === undefined ? {} : { costUsd: costUsd + unansweredUsd }),
  };
}

async function readRejected(file: string): Promise<readonly ReturnType<typeof parseRejectedLine>[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, index) => (line === '' ? [] : [parseRejectedLine(line, file, index + 1)]));
}
