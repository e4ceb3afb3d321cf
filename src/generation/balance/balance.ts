import type { Document } from '../../corpus/document.ts';
import { labelsFor, topicsFor, negativeShare, type RunPlan, stylesFor } from '../plan/planRequest.ts';
import { lookalikePattern } from '../prompt/lookalikes.ts';
import { addTexts, type RunCount } from '../plan/textCount.ts';

/** A share that was asked for and the share that came, both in [0, 1]. */
export interface SharePair {
  readonly asked: number;
  readonly got: number;
}

/** What a run's accepted texts are made of, beside what was asked for. */
export interface Balance {
  readonly texts: number;
  /** Of mention runs: texts without a mention. Of relation runs: texts that do not state the relation. */
  readonly negative: SharePair;
  /**
   * Of mention runs: the share of those that hold a counter-example of `chartmark.json`, as far as these were asked
   * for. A text may hold other words that are mistaken for mentions, which nobody counts.
   */
  readonly confusable?: SharePair;
  readonly labels: Readonly<Record<string, LabelBalance>>;
  readonly styles: Readonly<Record<string, SharePair>>;
  /** Characters (UTF-16 units) of the shortest text, at the quartiles and of the longest. */
  readonly lengths: readonly [number, number, number, number, number];
  readonly seeds: SeedCoverage;
  /** Of runs about several relations: the share of the texts that are about each, and of those that do not state it. */
  readonly relations?: Readonly<Record<string, { readonly share: SharePair; readonly negative: SharePair }>>;
}

interface LabelBalance {
  readonly mentions: number;
  readonly texts: number;
  readonly names: number;
  /** Of all mentions. */
  readonly share: number;
  /** Where names of it were asked for: its share of the names, and of their uses in the texts. */
  readonly asNames?: SharePair;
}

/** How evenly the names that were to be written about are spread over the accepted texts. */
interface SeedCoverage {
  /** Names on the list; those that are in a text; texts with one of them. */
  readonly asked: number;
  readonly used: number;
  readonly uses: number;
  /** Texts of the name used most, and how many that are per name if all were used alike. */
  readonly most: number;
  readonly even: number;
}

/** Adds up a run's accepted documents one by one, so that a run need not fit into memory. */
export function balanceCounter(plan: RunPlan) {
  const styles = stylesFor(plan);
  const names = topicsFor(plan);
  const ofLabel = new Map(
    labelsFor(plan).map((label) => [label, { mentions: 0, texts: 0, names: new Set<string>() }]),
  );
  const ofStyle = new Map<string, number>(styles.map(({ name }) => [name, 0]));
  const ofSeed = new Map<string, number>(names.map(({ name }) => [name, 0]));
  const typeOf = new Map(names.map(({ name, type }) => [name, type]));
  const usesOf = new Map<string, number>();
  const lookalike = plan.task === 'ner' ? lookalikePattern(plan.project) : undefined;
  const lengths: number[] = [];
  let confusable = 0;
  let isAskedInWords = false;
  const { relations = [] } = plan;
  const sum: RunCount = { accepted: 0, acceptedNegative: 0 };
  let uses = 0;

  return {
    add({ text, spans, relations: stated, meta }: Document): void {
      lengths.push(text.length);
      const isNegative = (plan.task === 'ner' ? spans : stated).length === 0;
      if (isNegative && lookalike?.test(text) === true) confusable++;
      // The templates are given no words to use.
      if (meta['provider'] !== 'offline') isAskedInWords = true;
      const { relation } = meta;
      addTexts(sum, {
        texts: 1,
        negatives: isNegative ? 1 : 0,
        ...(typeof relation === 'string' ? { relation } : {}),
      });
      for (const label of new Set(spans.map((span) => span.label))) {
        const count = ofLabel.get(label) ?? { mentions: 0, texts: 0, names: new Set<string>() };
        ofLabel.set(label, count);
        count.texts++;
      }
      for (const { label, start, end } of spans) {
        const count = ofLabel.get(label);
        if (count === undefined) continue;
        count.mentions++;
        count.names.add(text.slice(start, end).toLowerCase());
      }
      const style = meta['style'];
      if (typeof style === 'string') ofStyle.set(style, (ofStyle.get(style) ?? 0) + 1);
      const seeds = meta['seeds'];
      for (const seed of Array.isArray(seeds) ? seeds : []) {
        if (typeof seed !== 'string') continue;
        ofSeed.set(seed, (ofSeed.get(seed) ?? 0) + 1);
        const type = typeOf.get(seed) ?? '';
        usesOf.set(type, (usesOf.get(type) ?? 0) + 1);
        uses++;
      }
    },
    result(): Balance {
      const texts = lengths.length;
      const share = (count: number): number => (texts === 0 ? 0 : count / texts);
      const weights = styles.reduce((total, { weight = 1 }) => total + weight, 0);
      const sorted = lengths.toSorted((a, b) => a - b);
      const at = (part: number): number => sorted[Math.round(part * (texts - 1))] ?? 0;
      const counts = [...ofSeed.values()];
      const mentions = [...ofLabel.values()].reduce((total, label) => total + label.mentions, 0);
      const asNames = (label: string): { asNames?: SharePair } => {
        const asked = names.filter(({ type }) => type === label).length;
        if (asked === 0) return {};
        const got = uses === 0 ? 0 : (usesOf.get(label) ?? 0) / uses;
        return { asNames: { asked: asked / names.length, got } };
      };
      const { confusableShare } = plan.project.generation;
      const areAsked = lookalike !== undefined && isAskedInWords && negativeShare(plan) > 0;
      return {
        texts,
        negative: { asked: negativeShare(plan), got: share(sum.acceptedNegative) },
        ...(areAsked
          ? { confusable: { asked: confusableShare, got: confusable / Math.max(1, sum.acceptedNegative) } }
          : {}),
        labels: Object.fromEntries(
          [...ofLabel].map(([label, count]) => [
            label,
            {
              ...count,
              names: count.names.size,
              share: mentions === 0 ? 0 : count.mentions / mentions,
              ...asNames(label),
            },
          ]),
        ),
        styles: Object.fromEntries(
          [...ofStyle].map(([name, count]) => {
            const weight = styles.find((style) => style.name === name)?.weight ?? 1;
            const isAsked = styles.some((style) => style.name === name);
            return [name, { asked: isAsked ? weight / weights : 0, got: share(count) }];
          }),
        ),
        lengths: [at(0), at(0.25), at(0.5), at(0.75), at(1)],
        seeds: {
          asked: names.length,
          used: counts.filter((count) => count > 0).length,
          uses,
          most: counts.reduce((most, count) => Math.max(most, count), 0),
          even: names.length === 0 ? 0 : uses / names.length,
        },
        ...(relations.length > 1 ? { relations: sharesOf(plan, sum) } : {}),
      };
    },
  };
}

function sharesOf(plan: RunPlan, { accepted, ofRelation }: RunCount): NonNullable<Balance['relations']> {
  const { relations = [] } = plan;
  return Object.fromEntries(
    relations.map(({ name }) => {
      const has = ofRelation?.get(name) ?? { accepted: 0, acceptedNegative: 0 };
      return [
        name,
        {
          share: { asked: 1 / relations.length, got: has.accepted / Math.max(1, accepted) },
          negative: {
            asked: negativeShare(plan),
            got: has.acceptedNegative / Math.max(1, has.accepted),
          },
        },
      ];
    }),
  );
}
