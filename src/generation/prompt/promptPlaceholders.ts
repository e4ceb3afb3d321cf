/** A placeholder in prompt templates. */
export interface Placeholder {
  readonly name: string;
  /** What it stands for. The prompt search sends this to a language model. */
  readonly meaning: string;
  /** Without it, replies would not be what Chartmark expects. */
  readonly isRequired?: true;
}

const ofBoth: readonly Placeholder[] = [
  { name: 'reply', meaning: 'the form of the reply in JSON', isRequired: true },
  { name: 'texts', meaning: 'how many texts are wanted', isRequired: true },
  { name: 'style', meaning: 'name and description of the style', isRequired: true },
  { name: 'language', meaning: 'the language of the texts' },
  {
    name: 'about',
    meaning:
      'that each text is about another one of the names; about one of them where they are fewer than the texts',
  },
  { name: 'choice', meaning: 'which of the names may be left out, or tagged as another type' },
  { name: 'seeds', meaning: 'the names to write about', isRequired: true },
];

/** The placeholders that a template may have, by task. */
export const placeholders: Readonly<Record<'ner' | 're', readonly Placeholder[]>> = {
  ner: [
    {
      name: 'types',
      meaning: 'the entity types: definition, guideline, examples, counter-examples',
      isRequired: true,
    },
    { name: 'labels', meaning: 'the names of the entity types' },
    { name: 'tags', meaning: 'how a tagged mention looks' },
    {
      name: 'length',
      meaning:
        'how long a text of the style is: an excerpt of one to three sentences, a list, or a whole note',
    },
    { name: 'tagged', meaning: 'how many of the texts hold mentions' },
    { name: 'abbreviated', meaning: 'how many of those introduce an abbreviation and use it later' },
    { name: 'entityFree', meaning: 'how many of them hold none', isRequired: true },
    { name: 'harmless', meaning: 'what those may contain: words that no entity type covers' },
    { name: 'confusable', meaning: 'how many of those hold words that are easily mistaken for a mention' },
    {
      name: 'lookalikes',
      meaning: 'such words: the counter-examples of the types that are no mention of another type',
    },
    ...ofBoth,
  ],
  re: [
    {
      name: 'types',
      meaning: 'the two entity types: definition, guideline, examples, counter-examples',
      isRequired: true,
    },
    { name: 'head', meaning: 'the type of the one end', isRequired: true },
    { name: 'tail', meaning: 'the type of the other end', isRequired: true },
    { name: 'relation', meaning: 'the name of the relation', isRequired: true },
    {
      name: 'definition',
      meaning: 'its definition, its examples, and what is not the relation',
      isRequired: true,
    },
    { name: 'related', meaning: 'how many of the sentences state the relation' },
    { name: 'unrelated', meaning: 'how many of them do not', isRequired: true },
    { name: 'negatives', meaning: 'what such sentences are like' },
    ...ofBoth,
  ],
};
