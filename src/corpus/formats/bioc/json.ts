import { isJsonObject, type JsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import { listMember, textMember } from '../json/record.ts';
import type { UnnamedDocument } from '../nameDocuments.ts';
import { toDocument } from './document.ts';
import type { BiocPart, Infons } from './model.ts';

/** Whether a record is a document of BioC JSON. */
export function isBiocDocument(record: JsonValue): record is JsonObject {
  return (
    isJsonObject(record) &&
    listMember(record, 'passages').some((passage) => isJsonObject(passage) && 'offset' in passage)
  );
}

export function readBiocDocument(record: JsonObject, line: number, notes: ReadingNotes): UnnamedDocument {
  return toDocument(readPart(record, line), notes);
}

function readPart(value: JsonObject, line: number): BiocPart {
  const { offset } = value;
  return {
    id: textMember(value, 'id', '_id'),
    offset: typeof offset === 'number' ? offset : undefined,
    text: textMember(value, 'text'),
    infons: infonsOf(value),
    annotations: objects(value, 'annotations').map((item) => ({
      id: textMember(item, 'id') ?? '',
      infons: infonsOf(item),
      locations: objects(item, 'locations').map((location) => ({
        offset: Number(location['offset']),
        length: Number(location['length']),
      })),
      words: textMember(item, 'text'),
      line,
    })),
    relations: objects(value, 'relations').map((item) => ({
      infons: infonsOf(item),
      nodes: objects(item, 'nodes').map((node) => ({
        refid: textMember(node, 'refid') ?? '',
        role: textMember(node, 'role') ?? '',
      })),
      line,
    })),
    parts: [...objects(value, 'passages'), ...objects(value, 'sentences')].map((part) =>
      readPart(part, line),
    ),
    line,
  };
}

function objects(value: JsonObject, name: string): readonly JsonObject[] {
  return listMember(value, name).filter(isJsonObject);
}

/** Properties as texts; PubTator 3 describes the ends of a relation by objects, of which the identifier counts. */
function infonsOf(value: JsonObject): Infons {
  const { infons } = value;
  const entries = isJsonObject(infons) ? Object.entries(infons) : [];
  return new Map(
    entries.flatMap(([name, content]) => {
      const text = isJsonObject(content) ? textMember(content, 'identifier') : content;
      if (text === undefined || text === null || typeof text === 'object') return [];
      return [[name, String(text)] as const];
    }),
  );
}
