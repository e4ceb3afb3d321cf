import { type EntityType, mentionTypes, type Project } from '../../project/project.ts';
import type { Lexicon, LexiconType } from './lexiconLists.ts';

/** The names of a type: common ones by group, and rare ones. */
export interface NameLists {
  readonly common: readonly (readonly string[])[];
  readonly rare: readonly string[];
}

/** A part of a list of the lexicon that some projects tag as a type of its own. */
interface Part {
  readonly list: LexiconType;
  /** The groups of the common names. */
  readonly groups: readonly string[];
  /** Matches the rare names; undefined if they cannot be told from the others. */
  readonly rare?: RegExp;
  /** Matches the names of types that are about this part, in lower case. */
  readonly type: RegExp;
  /** Matches what a definition calls this part. */
  readonly called: RegExp;
}

const parts: readonly Part[] = [
  {
    list: 'Procedure',
    groups: ['imaging', 'test'],
    rare: /\b(?:tests?|reaction|imaging|tomography|pyelography|assay|typing|capacity|scan)$|graphy$|sonography|scopy$|f?mri$|series|biopsy$|amnio|auscultation|raiu/iu,
    type: /(?:^|[_-])(?:tests?|labs?|investigations?|imaging|diagnostics?)(?:$|[_-])/u,
    called: /\b(?:tests?|investigations?|imaging|diagnostics?)\b/iu,
  },
  {
    list: 'Disease',
    groups: ['symptom'],
    rare: /(?:algia|odynia|ache|pain|uria|opnea|opnoea|rrh(?:ea|oea)|shortness of breath|coughing|sneezing|dizziness)$/iu,
    type: /symptom|(?:^|[_-])signs?(?:$|[_-])|finding/u,
    called: /\b(?:symptoms?|signs?)\b/iu,
  },
  {
    list: 'Disease',
    groups: ['cancer'],
    rare: /(?:cancer|carcinoma|sarcoma|leuka?emia|lymphoma|blastoma|tumou?r|neoplasm|melanoma)$/iu,
    type: /cancer|tumou?r|neoplasm/u,
    called: /\b(?:cancers?|tumou?rs?|neoplasms?)\b/iu,
  },
  {
    list: 'Disease',
    groups: ['toxicity'],
    type: /adverse|(?:^|[_-])ad[er](?:$|[_-])|side_?effect|toxicit/u,
    called: /\b(?:adverse|side effects?|toxicit)/iu,
  },
  {
    list: 'Chemical',
    groups: ['drug', 'brand', 'class'],
    type: /(?:^|[_-])(?:drugs?|medications?|medicines?|pharmac\p{L}*)(?:$|[_-])/u,
    called: /\b(?:drugs?|medications?)\b/iu,
  },
];

/** Words that are forms of names rather than names; only the templates of the offline writer use them. */
const noTopics = new Set(['adjective']);

/**
 * The names of the lexicon that fit a type of the project. A list belongs to the type of its name, without the parts that
 * another type of the project is about or that the definition or guideline excludes. A type about a part has the common names
 * of that part. Undefined if nothing fits.
 */
export function fittingLists(
  lexicon: Pick<Lexicon, 'common' | 'rare'>,
  project: Project,
  type: string,
): NameLists | undefined {
  const entity = project.entityTypes.find(({ name }) => name === type);
  if (entity === undefined) return undefined;
  const list = (Object.keys(lexicon.common) as LexiconType[]).find((name) => name === type);
  if (list === undefined) return listsOfPart(lexicon, entity);
  const others = mentionTypes(project).filter(({ name }) => name !== type);
  const excluded = parts.filter(
    (part) =>
      part.list === list && (others.some((other) => isAbout(other, part)) || excludes(entity, part.called)),
  );
  const hidden = new Set([...noTopics, ...excluded.flatMap(({ groups }) => groups)]);
  return {
    common: Object.entries(lexicon.common[list]).flatMap(([group, names]) =>
      hidden.has(group) ? [] : [names],
    ),
    rare: lexicon.rare[list].filter((name) => !excluded.some(({ rare }) => rare?.test(name) === true)),
  };
}

function listsOfPart({ common }: Pick<Lexicon, 'common'>, entity: EntityType): NameLists | undefined {
  const part = parts.find((one) => isAbout(entity, one));
  if (part === undefined) return undefined;
  const groups = part.groups.flatMap((group) => {
    const names = common[part.list][group];
    return names === undefined ? [] : [names];
  });
  return { common: groups, rare: [] };
}

function isAbout({ name }: EntityType, { type }: Part): boolean {
  return type.test(name.toLowerCase());
}

const denial = /\b(?:not|no|never|exclud\p{L}*|except|without|leave out|other than)\b/iu;

/**
 * Whether a definition or guideline says that something is not of the type. Words in quotation marks are about words ('the
 * bare word "test"'), not about things.
 */
function excludes({ definition, guideline = '' }: EntityType, called: RegExp): boolean {
  const sentences = `${definition}. ${guideline}`.replaceAll(/"[^"]*"/gu, '').split(/[.;]/u);
  return sentences.some((sentence) => {
    const found = denial.exec(sentence);
    return found !== null && called.test(sentence.slice(found.index));
  });
}
