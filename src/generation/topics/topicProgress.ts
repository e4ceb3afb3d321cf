import type { EntityType } from '../../project/project.ts';
import { parseSeeds, type TopicSpec, seedAreas } from './topicRequest.ts';

/** Names of a type as replies bring them, and what is to be asked next. It follows from the replies alone. */
export interface TopicProgress {
  /** The names so far, the wanted number at most. */
  names(): readonly string[];
  /** What a reply holds that was not known; to be told of every reply, in their order. */
  take(reply: string): void;
  /** The next wish; nothing when there are enough names, or the model has no more to give. */
  next(): Omit<TopicSpec, 'language'> | undefined;
  /** How many names each of the requests that are left asks for, if each brings as many. */
  left(): readonly number[];
}

/** Names asked for in one request at most. */
const namesPerRequest = 60;
/** A name more than is needed costs nothing, a request more does. */
const leastNames = 6;
/** Rounds over the parts of a field, where not more are needed to ask for all names twice. */
const usualRounds = 3;
/** A model whose replies hold nothing new so often in a row has nothing more to give. */
const fruitlessReplies = 10;

/** How many names of a type are asked for in each request of a round, when so many are missing. */
function namesEach(type: EntityType, missing: number): number {
  const each = Math.ceil(missing / seedAreas(type).length);
  return Math.max(leastNames, Math.min(namesPerRequest, each));
}

/** `known` names are there before the first reply, and are not counted. */
export function topicProgress(type: EntityType, known: readonly string[], count: number): TopicProgress {
  const areas = seedAreas(type);
  const names = [...known];
  const rounds = Math.max(usualRounds, Math.ceil((2 * count) / (areas.length * namesPerRequest)));
  let replies = 0;
  let fruitless = 0;
  let atRoundBegin = names.length;
  let isOver = false;
  const missing = (): number => count - (names.length - known.length);
  return {
    names: () => names.slice(known.length, known.length + count),
    take(reply) {
      const found = parseSeeds(reply, names);
      names.push(...found);
      replies++;
      fruitless = found.length > 0 ? 0 : fruitless + 1;
      if (fruitless === fruitlessReplies) isOver = true;
      if (replies % areas.length > 0) return;
      if (names.length === atRoundBegin || replies === rounds * areas.length) isOver = true;
      atRoundBegin = names.length;
    },
    next() {
      if (isOver || missing() <= 0) return undefined;
      return {
        type,
        area: areas[replies % areas.length] ?? '',
        count: namesEach(type, count - (atRoundBegin - known.length)),
        known: names,
      };
    },
    left() {
      const counts: number[] = [];
      let each = namesEach(type, count - (atRoundBegin - known.length));
      const isAsked = (): boolean => replies + counts.length < rounds * areas.length;
      for (let open = isOver ? 0 : missing(); open > 0 && isAsked(); open -= each) {
        const isRoundBegin = (replies + counts.length) % areas.length === 0;
        if (isRoundBegin) each = namesEach(type, open);
        counts.push(each);
      }
      return counts;
    },
  };
}
