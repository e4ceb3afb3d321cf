/** The requested share and the actual one, both in [0, 1]. */
export interface SharePair {
  readonly asked: number;
  readonly got: number;
}

/** A run's accepted texts in figures, compared with what was requested. Stored as report.json. */
export interface Balance {
  readonly texts: number;
  /** Of mention runs: texts without a mention. Of relation runs: texts that do not state the relation. */
  readonly negative: SharePair;
  /**
   * Of mention runs: of the texts without a mention, the share with a counter-example of `chartmark.json`, if these were
   * requested. Texts may have other words that are easily mistaken for mentions; they are not counted.
   */
  readonly confusable?: SharePair;
  readonly labels: Readonly<Record<string, LabelBalance>>;
  readonly styles: Readonly<Record<string, SharePair>>;
  /** Characters (UTF-16 units) of the shortest text, at the quartiles and of the longest. */
  readonly lengths: readonly [number, number, number, number, number];
  /** Of the topics. */
  readonly seeds: TopicCoverage;
  /** Of mention runs: names that are tagged in some texts and untagged in others. */
  readonly mixed?: MixedNames;
  /** Of relation runs, by relation: how well surface words tell related sentences from others, if there are enough. */
  readonly surface?: Readonly<Record<string, Surface>>;
  /** Of runs about several relations: each one's share of the texts, and the share of its texts that do not state it. */
  readonly relations?: Readonly<Record<string, { readonly share: SharePair; readonly negative: SharePair }>>;
}

interface LabelBalance {
  readonly mentions: number;
  readonly texts: number;
  readonly names: number;
  /** Of all mentions. */
  readonly share: number;
  /** If it has topics: its share of the topics, and of their uses in the texts. */
  readonly asNames?: SharePair;
}

/** How evenly the topics are spread over the accepted texts. */
export interface TopicCoverage {
  /** Number of topics, of those that are in a text, and of their uses in texts. */
  readonly asked: number;
  readonly used: number;
  readonly uses: number;
  /** How often a topic was tagged as another type than its own; undefined if never. */
  readonly retyped?: number;
  /** Topics that the run's requests offered; undefined if that is not known. */
  readonly offered?: number;
  /** Texts about the topic that was used most, and texts per topic if all were used equally. */
  readonly most: number;
  readonly even: number;
}

/** Names that are tagged in some texts and untagged in others. */
export interface MixedNames {
  readonly names: number;
  /** How many places would have to change, if for each name the rarer use is wrong. */
  readonly places: number;
  /** Those with the most such places. */
  readonly most: readonly { readonly name: string; readonly tagged: number; readonly untagged: number }[];
}

/** How well the sentences that state a relation can be told from others without understanding them. Shares in [0, 1]. */
export interface Surface {
  readonly sentences: number;
  /** The share of the larger class: what guessing it everywhere would give. */
  readonly larger: number;
  /** The share that a bag of words gets right, in cross-validation. */
  readonly words: number;
  /** The share that the order of the pair, and its distance, get right. */
  readonly order: number;
  readonly distance: number;
  /** The words that tell the classes apart best. */
  readonly telling: readonly string[];
}
