import { withoutLoose } from '../../corpus/bio/looseMentions.ts';
import { createSpan, type Document, type TextRange } from '../../corpus/document.ts';
import type { RelationRow } from '../../corpus/relationRows.ts';
import { splitSentences } from '../../corpus/sentences.ts';
import type { Project } from '../../project/project.ts';
import { relationCandidates } from '../../project/relationCandidates.ts';
import { relationSchema, type RelationSchema } from '../../project/relationSchema.ts';
import { type FoundRelation, withRelations } from '../../project/withRelations.ts';
import type { Answer, GivenText } from '../engine/questionSet.ts';

/** Which mentions a sentence has. */
interface MentionQuestion extends GivenText {
  readonly task: 'ner';
}

/** Which relation holds between two mentions of a text, which are masked or marked. */
export interface RelationQuestion extends GivenText {
  readonly task: 're';
  /** Names of the relations that could hold. */
  readonly relations: readonly string[];
}

export type Question = MentionQuestion | RelationQuestion;

/** Questions about a part of the input, and what it becomes with their answers (one for each question, in order). */
export interface DocumentQuestions<Q, R> {
  readonly questions: readonly Q[];
  readonly answered: (answers: readonly (Answer | undefined)[]) => R;
}

/** The mentions of a document, sentence by sentence. They replace all spans, relations and attributes that it had. */
export function mentionQuestions(document: Document): DocumentQuestions<MentionQuestion, Document> {
  const { text } = document;
  const sentences = (document.sentences ?? splitSentences(text)).filter(
    ({ start, end }: TextRange) => text.slice(start, end).trim() !== '',
  );
  return {
    questions: sentences.map(({ start, end }) => ({ task: 'ner', text: text.slice(start, end) })),
    answered: (answers) => ({
      ...document,
      spans: answers
        .flatMap((answer, index) => {
          const shift = sentences[index]?.start ?? 0;
          return (answer?.mentions ?? []).map(({ start, end, label }) => ({
            start: start + shift,
            end: end + shift,
            label,
          }));
        })
        .map((range, index) => createSpan(text, { ...range, id: `T${index + 1}`, source: 'llm' })),
      relations: [],
      attributes: [],
      meta: withoutLoose(document.meta),
    }),
  };
}

/** The relations between the mentions that a document has, pair by pair. */
export function relationQuestions(
  document: Document,
  project: Project,
): DocumentQuestions<RelationQuestion, Document> {
  // A language model knows names, so it is shown them, whatever the project's own model is shown.
  const schema: RelationSchema = { ...relationSchema(project), input: 'marker' };
  const candidates = relationCandidates(document, schema);
  return {
    questions: candidates.map(({ row, possible }) => ({
      task: 're',
      text: row.text,
      relations: possible.map(({ type }) => type.name),
    })),
    answered: (answers) => {
      const found = answers.flatMap((answer, index): FoundRelation[] => {
        const relation = candidates[index]?.possible.find(({ type }) => type.name === answer?.relation);
        return relation === undefined ? [] : [relation];
      });
      return withRelations(document, found, schema, 'llm');
    },
  };
}

/** Labels of relation rows, row by row. A row without a usable answer is labelled `0`, like one without a relation. */
export function rowQuestions(
  rows: readonly RelationRow[],
  { relationTypes }: Project,
): DocumentQuestions<RelationQuestion, readonly RelationRow[]> {
  const isYesOrNo = rows.every(({ label }) => label === '0' || label === '1');
  return {
    questions: rows.map(({ text }) => {
      const masks = new Set(Array.from(text.matchAll(/@([\p{Lu}\d_-]+?)[12]?\$/gu), ([, mask]) => mask));
      const fitting = relationTypes.filter(
        ({ head, tail }) => masks.has(head.toUpperCase()) && masks.has(tail.toUpperCase()),
      );
      const types = fitting.length > 0 ? fitting : relationTypes;
      return { task: 're', text, relations: types.map(({ name }) => name) };
    }),
    answered: (answers) =>
      rows.map(({ text }, index) => {
        const relation = answers[index]?.relation;
        return { text, label: relation === undefined ? '0' : isYesOrNo ? '1' : relation };
      }),
  };
}
