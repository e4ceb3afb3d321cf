interface Abbreviation {
  readonly name: string;
  readonly short: string;
  readonly type: string;
}

/** The shipped names: common ones by type and group, rarer ones by type, abbreviations and gene symbols. */
export interface Lexicon {
  readonly common: Readonly<Record<LexiconType, Readonly<Record<string, readonly string[]>>>>;
  readonly rare: Readonly<Record<LexiconType, readonly string[]>>;
  readonly abbreviations: readonly Abbreviation[];
  readonly genes: readonly string[];
}

export type LexiconType = 'Disease' | 'Chemical' | 'Procedure';

/** The shipped lexicon, and what it was for runs of the first plan. */
export interface ShippedLexicon extends Lexicon {
  /** With names that texts of today do not use. */
  readonly former: Lexicon;
}
