/** What a column of a table with mentions holds. */
export type ColumnRole = 'document' | 'text' | 'start' | 'end' | 'label' | 'words' | 'concept' | 'list';

/** Names of columns, without case and anything but letters and digits, in the order of preference. */
const names: Readonly<Record<ColumnRole, readonly string[]>> = {
  document: words(
    'docid documentid noteid textid document doc filename file docname reportid caseid pmid id',
  ),
  text: words(
    'notetext documenttext doctext fulltext reporttext note report sentence text content body abstract passage context rawtext',
  ),
  start: words(
    'start begin startoffset offsetstart beginoffset startchar charstart startindex startpos startposition spanstart entitystart mentionstart from startspan beginindex',
  ),
  end: words(
    'end stop endoffset offsetend endchar charend endindex endpos endposition spanend entityend mentionend to endspan',
  ),
  label: words(
    'label entitytype entitylabel type tag entitygroup class category semantictype labelname annotationtype concepttype nertag ner annotation',
  ),
  words: words(
    'mention mentiontext entity entitytext span spantext coveredtext word words phrase surface quote term matchedtext annotatedtext entityname text value',
  ),
  concept: words('concept conceptid identifier cui kbid code normid normalizedid'),
  list: words('entities spans labels label annotations ents'),
};

function words(list: string): readonly string[] {
  return list.split(' ');
}

/** A column named "document" whose cells are longer holds the text. */
const idLength = 100;

/** The index of the column with each role; undefined for a role that no column has. */
export type Columns = Readonly<Partial<Record<ColumnRole, number>>>;

/**
 * The columns of a table by the names in its header. `first` is its first row: the longest of several columns that may
 * be the text is it.
 */
export function findColumns(header: readonly string[], first: readonly string[]): Columns {
  const plain = header.map(plainName);
  const columns = new Map<ColumnRole, number>();
  const taken = new Set<number>();
  const take = (role: ColumnRole, index: number | undefined): void => {
    if (index === undefined) return;
    columns.set(role, index);
    taken.add(index);
  };
  const find = (role: ColumnRole): readonly number[] =>
    names[role].map((name) => plain.indexOf(name)).filter((index) => index !== -1 && !taken.has(index));
  const length = (index: number): number => first[index]?.length ?? 0;
  take('start', find('start')[0]);
  take('end', find('end')[0]);
  const texts = find('text').toSorted((a, b) => length(b) - length(a));
  take('text', texts[0] ?? find('document').find((index) => length(index) > idLength));
  if (columns.has('start') && columns.has('end')) {
    for (const role of ['label', 'words', 'concept'] as const) take(role, find(role)[0]);
  } else {
    take(
      'list',
      find('list').find((index) => isListCell(first[index])),
    );
  }
  take('document', find('document')[0]);
  return Object.fromEntries(columns);
}

/** Whether a column of this name could be taken for one with a role. */
export function hasRole(name: string): boolean {
  const known = Object.values(names).flat();
  return known.includes(plainName(name));
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether a cell holds a list of mentions, as doccano and pandas write it. */
function isListCell(cell: string | undefined): boolean {
  return cell !== undefined && /^\[\s{0,20}(?:[[({]|\]$)/u.test(cell.trim());
}

/** Whether a table says where mentions are. */
export function holdsMentions(columns: Columns): boolean {
  if (columns.text !== undefined && columns.list !== undefined) return true;
  const { start, end, label } = columns;
  const named = columns.text ?? columns.words ?? columns.document;
  return start !== undefined && end !== undefined && label !== undefined && named !== undefined;
}
