import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { TrainingView } from '../../webview/training/protocol.ts';
import type { Report } from '../evaluation/report.ts';
import type { GenerateResult } from '../generation/run/generateTexts.ts';
import type { CollectedTopics } from '../generation/topics/requestTopics.ts';
import type { IdentifierKind } from '../privacy/identifierKinds.ts';
import type { Verified } from '../questions/verify/runVerification.ts';
import type { FoundCopies } from '../tasks/findCopies.ts';
import type { TrainResult } from '../training/trainOptions.ts';

const task = z.enum(['ner', 're']);
const text = z.string();
const texts = z.array(z.string());
const wholeNumber = z.int();
const uri = z.custom<vscode.Uri>((value) => value instanceof vscode.Uri);
const languageModel = z.enum(['openai', 'editor']);

/**
 * What each command may be given by another extension, a link or a test, so that nothing is asked. What is left out
 * takes its default. Titles are in package.json.
 */
export const commandAnswers = {
  'chartmark.generate': {
    provider: z.enum(['offline', 'openai', 'editor']),
    /** Of the editor's language models: which one. */
    model: text,
    task,
    /** Of a relation run: which relations; all of the project, in turn, by default. */
    relations: texts,
    count: wholeNumber,
    seed: wholeNumber,
    topicSource: z.enum(['project', 'lexicon']),
  },
  'chartmark.resumeRun': {
    /** The folder of the run. */
    folder: text,
    /** Accepted texts wanted in all. */
    count: wholeNumber,
  },
  'chartmark.manageBatches': { folder: text, action: z.enum(['submit', 'takeIn', 'cancel']) },
  'chartmark.collectTopics': {
    from: z.enum(['lexicon', 'openai', 'editor']),
    /** Names of entity types; all that are tagged by default. */
    types: texts,
    /** Topics wanted of each type. */
    count: wholeNumber,
  },
  'chartmark.previewPrompt': { task },
  'chartmark.editPrompt': { task },
  'chartmark.findPrompt': { task },
  'chartmark.review': { folder: text },
  'chartmark.verify': {
    folder: text,
    /** The endpoint of settings and project by default. */
    provider: languageModel,
    /** Texts to check at most. */
    texts: wholeNumber,
  },
  'chartmark.findCopies': {
    folder: text,
    /** Files of the user's own. */
    own: texts,
  },
  'chartmark.train': {
    /** What to learn from documents that state relations between their mentions; the mentions by default. */
    task,
    files: texts,
    dev: texts,
    /** Folder of the checkpoint to start from. */
    base: text,
    /** Folder name below the project's models. */
    name: text,
    epochs: wholeNumber,
    seed: wholeNumber,
    /** Whether to resume an interrupted training of that name. */
    resume: z.boolean(),
  },
  'chartmark.showTraining': {},
  'chartmark.downloadEncoder': {
    /** The model's name on the hub. */
    id: text,
    endpoint: text,
  },
  'chartmark.annotate': {
    /** The open file; the active one by default. */
    uri,
    /** Model folder: of mentions, or of relations between those that the note has. */
    model: text,
    /** Whose mentions a relation model joins. */
    mentions: z.enum(['file', 'model']),
  },
  'chartmark.extract': { uri, provider: languageModel, task },
  'chartmark.findIdentifiers': { uri },
  'chartmark.savePredictions': {
    uri,
    /** Write over an .ann file that is there already, without asking. */
    overwrite: z.boolean(),
  },
  'chartmark.clearPredictions': {},
  'chartmark.evaluate': {
    gold: text,
    /** A file of predictions. */
    predicted: text,
    /** A model folder, if there is no file of predictions. */
    model: text,
    /** What is scored in documents that state relations between their mentions; the mentions by default. */
    task,
    /** The types that count; those of the gold file by default. */
    labels: texts,
  },
  'chartmark.showReport': { file: text },
  /** Files of reports. */
  'chartmark.compareReports': { first: text, second: text },
  'chartmark.openProject': {},
  'chartmark.openWalkthrough': {},
  'chartmark.openAsBio': {
    /** The file to show; the active one by default. */
    uri,
  },
  'chartmark.selectModel': { model: text },
  'chartmark.setApiKey': {},
  'chartmark.clearApiKey': {},
  'chartmark.showLog': {},
  'chartmark.refreshViews': {},
  'chartmark.reveal': { file: text },
  'chartmark.delete': {
    file: text,
    /** Delete without asking. */
    confirmed: z.boolean(),
  },
} as const;

export type CommandId = keyof typeof commandAnswers;

type Fields<Id extends CommandId> = (typeof commandAnswers)[Id];

/** The answers that a caller may give to a command. */
export type Answers<Id extends CommandId> = {
  readonly [K in keyof Fields<Id>]?: Fields<Id>[K] extends z.ZodMiniType<infer T> ? T : never;
};

/** What annotating found. */
export interface Annotation {
  /** The document that shows the mentions: the file itself, or the new one beside a BIO file. */
  readonly uri: vscode.Uri;
  /** Folder of the model that found the mentions, or of the one that found relations between those of a file. */
  readonly model: string;
  readonly mentions: number;
  readonly relations: number;
}

/** A report and its file. */
export interface Evaluation {
  readonly file: string;
  readonly report: Report;
}

/** What a language model found in an open file. */
interface ShownExtraction {
  /** Where it is shown: the file, or a new one. */
  readonly uri: vscode.Uri;
  /** Name and host. */
  readonly model: string;
  readonly mentions: number;
  readonly relations: number;
  /** Sentences or pairs without a usable answer. */
  readonly unanswered: number;
}

/** What the commands return. */
interface Results {
  readonly 'chartmark.generate': GenerateResult;
  readonly 'chartmark.resumeRun': GenerateResult;
  /** The folder of the run. */
  readonly 'chartmark.manageBatches': string;
  readonly 'chartmark.review': string;
  readonly 'chartmark.collectTopics': {
    readonly topics: CollectedTopics['topics'];
    /** The unsaved document with the topics. */
    readonly document: vscode.Uri;
  };
  /** The read-only document with the prompt. */
  readonly 'chartmark.previewPrompt': vscode.Uri;
  /** The file of the template. */
  readonly 'chartmark.editPrompt': string;
  /** The file of the prompt that was kept; undefined if the user decides later. */
  readonly 'chartmark.findPrompt': string | undefined;
  readonly 'chartmark.verify': Verified;
  readonly 'chartmark.findCopies': Pick<FoundCopies, 'texts' | 'copies'>;
  readonly 'chartmark.train': TrainResult;
  readonly 'chartmark.showTraining': TrainingView;
  /** The folder of the encoder. */
  readonly 'chartmark.downloadEncoder': string;
  /** Undefined if there is no local model. */
  readonly 'chartmark.annotate': Annotation | undefined;
  readonly 'chartmark.extract': ShownExtraction;
  /** How many findings there are of each kind. */
  readonly 'chartmark.findIdentifiers': { readonly [K in IdentifierKind]?: number };
  /** The file that was written. */
  readonly 'chartmark.savePredictions': vscode.Uri;
  readonly 'chartmark.clearPredictions': void;
  readonly 'chartmark.evaluate': Evaluation;
  /** The file of the report. */
  readonly 'chartmark.showReport': string;
  /** The read-only document with both. */
  readonly 'chartmark.compareReports': vscode.Uri;
  /** chartmark.json. */
  readonly 'chartmark.openProject': vscode.Uri;
  readonly 'chartmark.openWalkthrough': void;
  /** The read-only view. */
  readonly 'chartmark.openAsBio': vscode.Uri;
  /** The folder of the model. */
  readonly 'chartmark.selectModel': string;
  readonly 'chartmark.setApiKey': void;
  readonly 'chartmark.clearApiKey': void;
  readonly 'chartmark.showLog': void;
  readonly 'chartmark.refreshViews': void;
  /** The file or folder. */
  readonly 'chartmark.reveal': string;
  readonly 'chartmark.delete': string;
}

export type Result<Id extends CommandId> = Results[Id];
