import type { Document, Span } from '../document.ts';
import { takeFreeId } from '../freeId.ts';
import type { Report } from '../readContext.ts';

/** The documents of a file so far. */
interface MergedDocuments {
  readonly documents: Document[];
  /** `line` counts from 1. */
  add(document: Document, line: number): void;
}

/**
 * Joins the records of Prodigy that are about one text: it writes one for each question, and they have the same
 * `_input_hash`. Other documents with the same text but other mentions are reported, since a model would learn that the
 * mentions of one are none in the other.
 */
export function mergeAnswers(report: Report): MergedDocuments {
  const documents: Document[] = [];
  const byInput = new Map<string, number>();
  const byText = new Map<string, { readonly document: Document; readonly line: number }>();
  return {
    documents,
    add(document, line) {
      const key = inputKey(document);
      const index = key === undefined ? undefined : byInput.get(key);
      const earlier = index === undefined ? undefined : documents[index];
      if (index !== undefined && earlier?.text === document.text && earlier.relations.length === 0) {
        documents[index] = { ...earlier, spans: joined(earlier.spans, document.spans) };
        report(
          line,
          'same-text',
          'An earlier record asks about the same text. Both are read as one document.',
        );
        return;
      }
      if (key !== undefined) byInput.set(key, documents.length);
      documents.push(document);
      const same = byText.get(document.text);
      if (same === undefined) byText.set(document.text, { document, line });
      else if (mentionsOf(same.document) !== mentionsOf(document)) {
        report(line, 'same-text', `Line ${same.line} has the same text with other mentions.`);
      }
    },
  };
}

/** The same for Prodigy's answers of one annotator about one text. */
function inputKey({ meta }: Document): string | undefined {
  const hash = meta['_input_hash'];
  if (typeof hash !== 'number' && typeof hash !== 'string') return undefined;
  return JSON.stringify([hash, meta['_session_id'] ?? null, meta['_annotator_id'] ?? null]);
}

function joined(spans: readonly Span[], more: readonly Span[]): readonly Span[] {
  const places = new Set(spans.map(placeOf));
  const taken = new Set(spans.map(({ id }) => id));
  const added = more
    .filter((span) => !places.has(placeOf(span)))
    .map((span): Span => {
      const id = taken.has(span.id) ? takeFreeId('T', taken) : span.id;
      taken.add(id);
      return Object.assign({}, span, { id });
    });
  return [...spans, ...added].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function mentionsOf({ spans }: Document): string {
  return spans.map(placeOf).toSorted().join(' ');
}

function placeOf({ start, end, label, fragments = [] }: Span): string {
  return JSON.stringify([start, end, label, ...fragments.map((part) => [part.start, part.end])]);
}
