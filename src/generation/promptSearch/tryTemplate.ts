import { runFiles } from '../../runs/runFiles.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatInlineTags } from '../../corpus/tagged/inlineTags.ts';
import { parseJsonl } from '../../corpus/jsonl.ts';
import { withSentences } from '../../project/defaults.ts';
import type { Project } from '../../project/project.ts';
import { generate } from '../run/generate.ts';
import type { Provider } from '../../llm/provider.ts';

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

/** A text as it came, with tags; one that was refused says why. */
interface TriedText {
  readonly text: string;
  readonly reason?: string;
  readonly detail?: string;
}

/** What came of one request with a template. */
export interface Trial {
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Of the accepted texts: mentions in all, texts without one (or without the relation), mean length in characters. */
  readonly mentions: number;
  readonly negative: number;
  readonly meanLength: number;
  readonly texts: readonly TriedText[];
  readonly costUsd?: number;
}

/**
 * Has a template write a few texts in one request, the same wish for each template of the same seed, and
 * judges them as a run does. The run folder keeps all; a trial that is there is not paid for again.
 */
export async function tryTemplate(options: TrialOptions, signal?: AbortSignal): Promise<Trial> {
  const { task, template, texts, out, project: given, ...rest } = options;
  const project = task === 're' ? withSentences(given) : given;
  const { costUsd, unansweredUsd = 0 } = await generate(
    {
      ...rest,
      task,
      out,
      project: {
        ...project,
        prompts: { ...project.prompts, [task]: { file: `${out}.md`, text: template } },
        generation: { ...project.generation, textsPerRequest: texts },
      },
      count: texts,
      mostRequests: 1,
      resume: true,
    },
    signal === undefined ? {} : { signal },
  );
  const read = (name: 'accepted' | 'rejected'): Promise<string> =>
    readFile(path.join(out, runFiles[name]), 'utf8');
  const documents = parseJsonl(await read('accepted'));
  const refused = (await read('rejected'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Required<TriedText>);
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
