import type { JsonObject } from '../../foundation/json.ts';
import type { Document } from '../document.ts';

/** The `meta` that lists the IDs of mentions whose tags do not follow the scheme of their file (see `isStrict`). */
export function looseMeta(ids: readonly string[]): JsonObject {
  return ids.length === 0 ? {} : { looseMentions: ids };
}

/** The IDs of such mentions. Chartmark 0.1 called the field `mentionsWithoutBegin`. */
export function looseMentions({ meta }: Pick<Document, 'meta'>): ReadonlySet<unknown> {
  const ids = meta['looseMentions'] ?? meta['mentionsWithoutBegin'];
  return new Set<unknown>(Array.isArray(ids) ? ids : []);
}

/** The `meta` of a document whose mentions are replaced. */
export function withoutLoose(meta: JsonObject): JsonObject {
  const { looseMentions: _, mentionsWithoutBegin: __, ...rest } = meta;
  return rest;
}
