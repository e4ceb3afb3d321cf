import { evenShares } from '../../foundation/numbers.ts';
import type { CompletionReply } from '../../llm/provider.ts';
import { mostUnreadable } from '../../llm/reply/unreadable.ts';
import type { EntityType } from '../../project/project.ts';
import { parseTopics, topicAreas, type TopicSpec } from './topicRequest.ts';

/** What one request asks for: so many topics from one area of the field, or from several ("cardiovascular; renal"). */
export interface TopicPart {
  readonly area: string;
  readonly count: number;
}

/** The topics of a type that replies have brought, and what to request next. */
export interface TopicProgress {
  /** The topics so far, at most as many as are wanted. */
  topics(): readonly string[];
  /** Adds what is new in a reply from an earlier session. Must be called in the order of the ledger. */
  replay(reply: CompletionReply, part: TopicPart): void;
  /**
   * What the next request asks for; undefined if there are enough topics, if the model has no more to give, or if requests that
   * were begun must be answered first.
   */
  next(): Omit<TopicSpec, 'language'> | undefined;
  /** Notes that the request that `next` gave is sent. */
  begin(): void;
  /** Adds what is new in the reply to a request that was begun. */
  take(reply: CompletionReply, part: TopicPart): void;
  /** The number of topics that each remaining request asks for, if each reply brings as many as it asks for. */
  left(): readonly number[];
}

/** The most topics in one request. */
const topicsPerRequest = 60;
/** An extra topic costs nothing, an extra request does. */
const leastTopics = 6;
/** Rounds over the parts of a field. There are more only if it takes more to request all topics twice. */
const usualRounds = 3;
/** A model has nothing more to give after so many replies in a row with nothing new. */
const fruitlessReplies = 10;

const separator = '; ';

/**
 * The requests of a round for `missing` topics: every area is in one of them. If there are few topics, a request is about
 * several areas. The topics are shared out so that the sum is right and no area has two more than another.
 */
function partsOf(areas: readonly string[], missing: number): readonly TopicPart[] {
  const requests = Math.max(1, Math.min(areas.length, Math.ceil(missing / leastTopics)));
  const counts = evenShares(missing, requests);
  let first = 0;
  return evenShares(areas.length, requests).map((size, index) => {
    const area = areas.slice(first, first + size).join(separator);
    first += size;
    const count = requests === 1 ? Math.max(leastTopics, missing) : (counts[index] ?? 0);
    return { area, count: Math.min(topicsPerRequest, count) };
  });
}

/** `known` topics are there before the first reply, and do not count towards `count`. */
export function topicProgress(type: EntityType, known: readonly string[], count: number): TopicProgress {
  const areas = topicAreas(type);
  const topics: string[] = [];
  /** What replies brought beyond what they were asked for: it is used only if the other areas bring too little. */
  const spare: string[] = [];
  const asked = new Map(areas.map((area) => [area, 0]));
  const mostReplies =
    areas.length * Math.max(usualRounds, Math.ceil((2 * count) / (areas.length * topicsPerRequest)));
  let replies = 0;
  let fruitless = 0;
  let begun = 0;
  let round: TopicPart[] | undefined;
  const all = (): readonly string[] => [...topics, ...spare];
  const missing = (): number => count - topics.length - spare.length;
  const isOver = (): boolean =>
    fruitless >= (all().length === 0 ? mostUnreadable : Math.min(fruitlessReplies, areas.length)) ||
    replies + begun >= mostReplies;

  const beginRound = (): TopicPart[] => {
    if (missing() <= 0) return [];
    const fewest = Math.min(...asked.values());
    return [
      ...partsOf(
        areas.filter((area) => asked.get(area) === fewest),
        missing(),
      ),
    ];
  };
  /** The rest of the round; a new one once all replies of the last one are there. */
  const rest = (): readonly TopicPart[] => {
    if (isOver()) return [];
    if (round === undefined || (round.length === 0 && begun === 0)) round = beginRound();
    return round;
  };
  const replay: TopicProgress['replay'] = ({ refused, text }, part) => {
    const found = refused === undefined ? parseTopics(text, [...known, ...all()]) : [];
    topics.push(...found.slice(0, part.count));
    spare.push(...found.slice(part.count));
    for (const area of part.area.split(separator)) asked.set(area, (asked.get(area) ?? 0) + 1);
    replies++;
    fruitless = found.length > 0 ? 0 : fruitless + 1;
  };
  return {
    topics: () => all().slice(0, count),
    replay,
    next() {
      const [part] = rest();
      return part === undefined ? undefined : { type, ...part, known: [...known, ...all()] };
    },
    begin() {
      round?.shift();
      begun++;
    },
    take(reply, part) {
      begun--;
      replay(reply, part);
    },
    left() {
      const counts = rest().map((part) => part.count);
      let open = missing() - counts.reduce((sum, one) => sum + one, 0);
      while (open > 0 && !isOver() && replies + counts.length < mostReplies) {
        const parts = partsOf(areas, open);
        counts.push(...parts.map((part) => part.count));
        open -= parts.reduce((sum, part) => sum + part.count, 0);
      }
      return counts;
    },
  };
}
