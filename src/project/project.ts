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

/** A kind of relation between two mentions of one sentence; `head` and `tail` name entity types. */
export interface RelationType {
  readonly name: string;
  readonly head: string;
  readonly tail: string;
  readonly definition: string;
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
}

export interface ModelSettings {
  /** A folder, or the name of a base encoder that is shipped. */
  readonly base: string;
  /** Folder name, under `paths.models`, of the model that is trained and annotates. */
  readonly name: string;
}

export interface GenerationSettings {
  readonly provider: 'offline' | 'openai';
  readonly model: string;
  /** The endpoint of an OpenAI-compatible service; api.openai.com when absent. */
  readonly baseUrl?: string;
  /** Texts wanted from one run. */
  readonly count: number;
  /** Texts asked for in one request. */
  readonly textsPerRequest: number;
  /** Share of texts without any mention, in [0, 1]. */
  readonly entityFreeShare: number;
  /** Bounds of a text's length in characters (UTF-16 units). */
  readonly minLength: number;
  readonly maxLength: number;
  readonly language: string;
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
}

/** The types that are annotated as mentions: what a text is tagged with, a model learns and a report scores. */
export function mentionTypes(project: Project): readonly EntityType[] {
  return project.entityTypes.filter((type) => type.relationsOnly !== true);
}
