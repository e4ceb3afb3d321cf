import type { MentionSpec } from '../../src/generation/plan/requestSpec.ts';
import path from 'node:path';
import { parseInlineTags } from '../../src/corpus/tagged/inlineTags.ts';
import { defaultProject } from '../../src/project/defaults.ts';
import { mentionTypes } from '../../src/project/project.ts';
import { loadLexicon } from '../../src/generation/topics/lexicon.ts';
import { offlineWriter } from '../../src/generation/offline/offlineWriter.ts';
import { parseReply } from '../../src/llm/reply/parseReply.ts';

const textsPerRequest = 10;

/** Writers of the offline provider's texts, all their repetitions among them: the hardest case there is. */
export async function templateTexts(count: number): Promise<readonly string[]> {
  const provider = offlineWriter(await loadLexicon(path.join(import.meta.dirname, '../..')), 1);
  const labels = mentionTypes(defaultProject).map(({ name }) => name);
  const texts: string[] = [];
  for (let index = 0; texts.length < count; index++) {
    const style = defaultProject.styles[index % defaultProject.styles.length];
    if (style === undefined) throw new Error('the default project has styles');
    const spec: MentionSpec = {
      task: 'ner',
      style,
      language: 'English',
      texts: textsPerRequest,
      entityFree: 4,
      labels,
      topics: [],
    };
    const reply = await provider.complete({ index, spec, messages: [], replySchema: {} });
    for (const { text } of parseReply(reply.text)) {
      const parsed = parseInlineTags(text, labels);
      if (parsed.ok) texts.push(parsed.text);
    }
  }
  return texts.slice(0, count);
}
