/** The properties of a part, in their order. */
export type Infons = ReadonlyMap<string, string>;

/** A place of an annotation, in units from the start of the document. */
interface BiocLocation {
  readonly offset: number;
  readonly length: number;
}

export interface BiocAnnotation {
  readonly id: string;
  readonly infons: Infons;
  readonly locations: readonly BiocLocation[];
  readonly words: string | undefined;
  /** The line of the file, from 1; of JSON, that of the document. */
  readonly line: number;
}

export interface BiocRelation {
  readonly infons: Infons;
  readonly nodes: readonly { readonly refid: string; readonly role: string }[];
  readonly line: number;
}

/** A document, passage or sentence: all have the same parts (BioC.dtd). */
export interface BiocPart {
  readonly id: string | undefined;
  /** Where its text begins; undefined for a document. */
  readonly offset: number | undefined;
  readonly text: string | undefined;
  readonly infons: Infons;
  readonly annotations: readonly BiocAnnotation[];
  readonly relations: readonly BiocRelation[];
  /** The passages of a document, or the sentences of a passage. */
  readonly parts: readonly BiocPart[];
  readonly line: number;
}
