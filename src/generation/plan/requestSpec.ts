import type { CompletionRequest, ModelInfo, Provider } from '../../llm/provider.ts';
import type { PlanVersion } from './planVersion.ts';
import type { RelationType, TextStyle } from '../../project/project.ts';

/** What a text should be about: a name and its entity type. */
export interface Topic {
  readonly type: string;
  readonly name: string;
}

interface SpecOfTexts {
  readonly style: TextStyle;
  readonly language: string;
  /** How many texts are requested. */
  readonly texts: number;
  /** Each text with a mention is about one of these; empty if the model may choose. */
  readonly topics: readonly Topic[];
}

/** Texts whose mentions of `labels` are tagged; `entityFree` of them have no mentions. */
export interface MentionSpec extends SpecOfTexts {
  readonly task: 'ner';
  readonly labels: readonly string[];
  readonly entityFree: number;
  /** How many of those have words that are easily mistaken for a mention. */
  readonly confusable?: number;
  /** Labels for which the run has no topics: texts with only such mentions need not be about one of `topics`. */
  readonly withoutTopics?: readonly string[];
}

/** Sentences with one tagged head and one tagged tail; `negative` of them do not state the relation. */
export interface RelationSpec extends SpecOfTexts {
  readonly task: 're';
  readonly relation: RelationType;
  /** The run also has other relations, so its requests and texts say which one they are about. */
  readonly isOneOfSeveral?: true;
  readonly negative: number;
}

/** What one request asks for, as data. */
export type RequestSpec = MentionSpec | RelationSpec;

/** A request for labelled texts. */
export interface TextRequest extends CompletionRequest {
  readonly spec: RequestSpec;
  /** The version of the run's plan; that of new runs if absent. */
  readonly version?: PlanVersion;
}

/** What is known about a writer before it writes. */
export interface WriterInfo extends ModelInfo {
  /** It cannot write whole notes. */
  readonly onlySentences?: true;
  /** The only relations that it can write about are between these two types. */
  readonly onlyRelation?: { readonly head: string; readonly tail: string };
}

/** A language model, or the templates of the offline writer. */
export interface Writer extends WriterInfo, Provider<TextRequest> {}
