import { overlapFinder, type OverlapFinder } from '../../privacy/overlaps.ts';
import type { Project } from '../../project/project.ts';
import { promptTemplateOf } from '../prompt/buildPrompt.ts';
import { sketchOf, type Sketch } from '../../corpus/similarity/shingles.ts';

/** This many shared words in a row are more than coincidence. */
const copiedWords = 7;
/** How many runs of three words that many words have; four words are enough if the whole text comes from the prompt. */
const shinglesOfCopy = copiedWords - 2;
const shinglesOfWholeCopy = 2;

interface Instructions {
  readonly shingles: ReadonlySet<number>;
  readonly finder: OverlapFinder;
}

/** Whether a text repeats its instructions instead of following them. */
type PromptCopyFinder = (text: string, sketch: Sketch, task: 'ner' | 're') => boolean;

/**
 * Compares texts with the wording of a project's prompts: the template without the values of its placeholders (such as
 * the topics), the definitions, and the descriptions of styles. An unfilled placeholder also counts as a copy. Throws
 * `UserError` if a template is faulty.
 */
export function promptCopyFinder(project: Project): PromptCopyFinder {
  const known = new Map<string, Instructions>();
  return (text, { shingles }, task) => {
    const instructions = known.get(task) ?? instructionsOf(project, task);
    known.set(task, instructions);
    if (text.includes('{{')) return true;
    let shared = 0;
    for (let index = 0; index < shingles.length; index++) {
      if (instructions.shingles.has(shingles[index] ?? 0)) shared++;
    }
    if (shared === shingles.length && shared >= shinglesOfWholeCopy) return true;
    return shared >= shinglesOfCopy && instructions.finder.find(text).length > 0;
  };
}

function instructionsOf(project: Project, task: 'ner' | 're'): Instructions {
  const wording = promptTemplateOf(project, task).parts.flatMap(({ lines }) =>
    lines.flatMap((pieces) => pieces.filter((_, at) => at % 2 === 0)),
  );
  const references = [
    ...wording,
    ...project.entityTypes.flatMap(({ definition, guideline = '' }) => [definition, guideline]),
    ...project.styles.map(({ description }) => description),
  ].filter((text) => /[\p{L}\p{N}]/u.test(text));
  return {
    shingles: new Set(references.flatMap((text) => [...sketchOf(text).shingles])),
    finder: overlapFinder(references, copiedWords),
  };
}
