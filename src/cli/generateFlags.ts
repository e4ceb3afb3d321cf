import type { TopicSource } from '../generation/topics/chosenTopics.ts';
import type { ReplyForm } from '../llm/provider.ts';
import type { ConsentFlags } from './askConsent.ts';
import type { ModelFlags } from './modelChoice.ts';
import type { SendingFlags } from './sending.ts';

/** The options of `chartmark generate`. */
export interface GenerateFlags extends SendingFlags, ConsentFlags, ModelFlags {
  readonly task: 'ner' | 're';
  readonly provider: 'openai' | 'offline';
  readonly relation?: readonly string[];
  readonly count?: number;
  readonly out: string;
  readonly seed: number;
  readonly topics: TopicSource;
  /** What `topics` was called. */
  readonly names?: TopicSource;
  readonly resume?: boolean;
  readonly maxCost?: number;
  /** The folder of chartmark.json. */
  readonly project: string;
  readonly json?: boolean;
  readonly batchOut?: string;
  /** `true` for what was fetched. */
  readonly batchIn?: readonly string[] | true;
  readonly batchRequests?: number;
  readonly replyForm?: ReplyForm;
  readonly askMissing?: boolean;
}
