import type { CompletionReply } from '../../llm/provider.ts';
import { mostUnreadable } from '../../llm/reply/unreadable.ts';
import type { EntityType } from '../../project/project.ts';
import { parseTopics, topicAreas, type TopicSpec } from './topicRequest.ts';

/** The topics of a type that replies have brought, and what to request next. It follows from the replies alone. */
export interface TopicProgress {
  /** The topics so far, at most as many as are wanted. */
  topics(): readonly string[];
  /** Adds what is new in a reply. Must be called with every reply, in their order. */
  take(reply: CompletionReply): void;
  /** What the next request asks for; undefined if there are enough topics or the model has no more to give. */
  next(): Omit<TopicSpec, 'language'> | undefined;
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

/** How many topics of a type each request of a round asks for, if `missing` are still wanted. */
function topicsEach(type: EntityType, missing: number): number {
  const each = Math.ceil(missing / topicAreas(type).length);
  return Math.max(leastTopics, Math.min(topicsPerRequest, each));
}

/** `known` topics are there before the first reply, and do not count towards `count`. */
export function topicProgress(type: EntityType, known: readonly string[], count: number): TopicProgress {
  const areas = topicAreas(type);
  const topics = [...known];
  const rounds = Math.max(usualRounds, Math.ceil((2 * count) / (areas.length * topicsPerRequest)));
  let replies = 0;
  let fruitless = 0;
  let atRoundStart = topics.length;
  let isOver = false;
  const missing = (): number => count - (topics.length - known.length);
  const eachOfRound = (): number => topicsEach(type, count - (atRoundStart - known.length));
  return {
    topics: () => topics.slice(known.length, known.length + count),
    take({ refused, text }) {
      const found = refused === undefined ? parseTopics(text, topics) : [];
      topics.push(...found);
      replies++;
      fruitless = found.length > 0 ? 0 : fruitless + 1;
      if (fruitless === (topics.length === known.length ? mostUnreadable : fruitlessReplies)) isOver = true;
      if (replies % areas.length > 0) return;
      if (topics.length === atRoundStart || replies === rounds * areas.length) isOver = true;
      atRoundStart = topics.length;
    },
    next() {
      if (isOver || missing() <= 0) return undefined;
      return { type, area: areas[replies % areas.length] ?? '', count: eachOfRound(), known: topics };
    },
    left() {
      const counts: number[] = [];
      let each = eachOfRound();
      const isAllowed = (): boolean => replies + counts.length < rounds * areas.length;
      for (let open = isOver ? 0 : missing(); open > 0 && isAllowed(); open -= each) {
        const isRoundStart = (replies + counts.length) % areas.length === 0;
        if (isRoundStart) each = topicsEach(type, open);
        counts.push(each);
      }
      return counts;
    },
  };
}
