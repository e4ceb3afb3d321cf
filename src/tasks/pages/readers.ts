import * as z from 'zod/mini';
import { exportFormats, type ReportProtocol } from '../../../webview/report/protocol.ts';
import type { ReviewProtocol } from '../../../webview/review/protocol.ts';
import { trainingActions, type TrainingProtocol } from '../../../webview/training/protocol.ts';
import type { MessageReaders } from './pageLink.ts';

const count = z.int().check(z.gte(0));
const text = z.string();

export const reportReaders: MessageReaders<ReportProtocol> = {
  openLocation: z.object({ document: text, line: count, start: count, end: count }),
  openSource: z.object({ file: text }),
  exportReport: z.object({ format: z.enum(exportFormats) }),
  copyReport: z.object({}),
};

/** What a restored panel needs of the state that its page kept. */
export const reportState = z.object({ file: text });

export const trainingReaders: MessageReaders<TrainingProtocol> = {
  act: z.object({ action: z.enum(trainingActions) }),
};

const filter = z.object({
  show: z.optional(z.enum(['accepted', 'rejected', 'reviewed', 'unreviewed'])),
  label: z.optional(text),
  style: z.optional(text),
  reason: z.optional(text),
  seed: z.optional(text),
  search: z.optional(text),
});

export const reviewReaders: MessageReaders<ReviewProtocol> = {
  find: z.object({ filter, from: count, count, isNew: z.boolean() }),
  decide: z.object({ key: text, verdict: z.enum(['accept', 'reject', 'undo']) }),
  edit: z.object({ key: text, tagged: text, related: z.exactOptional(z.boolean()) }),
  relabel: z.object({
    key: text,
    mentions: z.array(z.object({ start: count, end: count, label: text })),
  }),
  undoLast: z.object({}),
  repeatRequest: z.object({ key: text }),
  count: z.object({}),
  drawMap: z.object({}),
  latestMap: z.object({}),
};
