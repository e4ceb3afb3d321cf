/** A kind of mention that is annotated. */
export interface EntityType {
  readonly name: string;
  /** `#rrggbb`; without it the editor gives the type one of its theme's colours. */
  readonly color?: string;
  /** The key that annotates the selection as this type. */
  readonly key?: string;
  readonly definition: string;
  readonly guideline?: string;
  readonly examples: readonly string[];
  readonly counterExamples: readonly string[];
  /** Only an end of relations: not asked for, trained or scored as a mention by itself. */
  readonly relationsOnly?: boolean;
}

/** A kind of relation between two mentions that stand close; `head` and `tail` name entity types. */
export interface RelationType {
  readonly name: string;
  readonly head: string;
  readonly tail: string;
  readonly definition: string;
  /** Sentences that state it, and that do not. */
  readonly examples?: readonly string[];
  readonly counterExamples?: readonly string[];
  /** Holds both ways, so that which end is the head says nothing. */
  readonly symmetric?: boolean;
}

/**
 * How a relation model is shown the two mentions: `mask` puts their types in their place (`@GENE$`), `marker`
 * puts signs with the types around them (`@ * gene * BRCA1 @`).
 */
export type RelationInput = 'mask' | 'marker';

/** Which pairs of mentions a relation model judges, and how it is shown them. */
export interface RelationSettings {
  readonly input: RelationInput;
  /** Most sentences in a row that a pair may spread over; 1 keeps it within a sentence. */
  readonly window: number;
}

/** A kind of text to be written: what it is called, and how it reads. */
export interface TextStyle {
  readonly name: string;
  readonly description: string;
  /** How often it is asked for beside the others; 1 when absent. */
  readonly weight?: number;
  /** Fit for relation sentences too; when no style of a project says so, all are. */
  readonly relations?: boolean;
}

/** Where a project's files lie, relative to the folder of chartmark.json. */
export interface ProjectPaths {
  readonly synthetic: string;
  readonly models: string;
  readonly reports: string;
  /** Prompt templates: `ner.md` and `re.md`. */
  readonly prompts: string;
}

/** A prompt template as it lies on the disk. */
export interface PromptFile {
  readonly file: string;
  readonly text: string;
}

/** What one text of a run is. Relation runs always write sentences. */
export type TextUnit = 'sentences' | 'notes';

export interface ModelSettings {
  /** A folder, or the name of a base encoder that is shipped. */
  readonly base: string;
  /** Folder name, under `paths.models`, of the model that is trained and annotates. */
  readonly name: string;
}

/** What a model costs, in USD per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** What its requests cost in batches; as much as others when absent. */
  readonly batch?: { readonly input: number; readonly output: number };
}

export interface GenerationSettings {
  readonly provider: 'offline' | 'openai';
  readonly model: string;
  /** The endpoint of an OpenAI-compatible service; api.openai.com when absent. */
  readonly baseUrl?: string;
  /** One to three sentences, or whole notes. */
  readonly unit: TextUnit;
  /** Texts wanted from one run. */
  readonly count: number;
  /** Texts asked for in one request. */
  readonly textsPerRequest: number;
  /** Share of texts without any mention, in [0, 1]. */
  readonly entityFreeShare: number;
  /** Share of those that hold words which are easily mistaken for a mention, in [0, 1]. */
  readonly confusableShare: number;
  /** Share of relation sentences whose pair is not related, in [0, 1]. */
  readonly unrelatedShare: number;
  /** Bounds of a text's length in characters (UTF-16 units). */
  readonly minLength: number;
  readonly maxLength: number;
  readonly language: string;
  /** Requests in flight at once; when absent, as many as suit the destination. */
  readonly concurrency?: number;
  /** What the service allows in a minute; no limit when absent. Tokens count input and output. */
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** How long one try of a request may take. */
  readonly timeoutSeconds: number;
  /** Tries after the first one, when a connection breaks or the service is busy or fails. */
  readonly retries: number;
  /** Longest reply that is asked for, in tokens; when absent, ample room for the texts of one request. */
  readonly maxOutputTokens?: number;
  /** A run never costs more USD than this; no limit when absent. */
  readonly maxCostUsd?: number;
  /** By model name; they go before the prices that Chartmark knows. */
  readonly prices: Readonly<Record<string, TokenPrice>>;
}

/** What the project says about training; what it leaves open is the trainer's default. */
export interface TrainingSettings {
  readonly epochs?: number;
  readonly batchSize?: number;
  /** The peak of the schedule. */
  readonly learningRate?: number;
  readonly seed?: number;
  /** Word pieces per window. */
  readonly maxLength?: number;
}

/** What chartmark.json says, the defaults filled in. */
export interface Project {
  readonly entityTypes: readonly EntityType[];
  readonly relationTypes: readonly RelationType[];
  readonly styles: readonly TextStyle[];
  /** Names to write about, by entity type. */
  readonly seeds: Readonly<Record<string, readonly string[]>>;
  readonly paths: ProjectPaths;
  readonly model: ModelSettings;
  readonly generation: GenerationSettings;
  readonly training: TrainingSettings;
  readonly relations: RelationSettings;
  /** The templates that the project has of its own, by task. */
  readonly prompts?: { readonly ner?: PromptFile; readonly re?: PromptFile };
}

/** The types that are annotated as mentions: what a text is tagged with, a model learns and a report scores. */
export function mentionTypes(project: Project): readonly EntityType[] {
  return project.entityTypes.filter((type) => type.relationsOnly !== true);
}
