/** A layer of a WebAnno TSV file and its columns. */
export interface Layer {
  readonly kind: 'span' | 'relation' | 'chain';
  /** The full name of its type, such as `webanno.custom.Finding`. */
  readonly name: string;
  /** The features, one for each column from `first` on. A span layer without features has one column without a name. */
  readonly features: readonly Feature[];
  /** The index of its first column. */
  readonly first: number;
  /** Of a relation: the name of the layer that it joins, and the index of the feature with the other end. */
  readonly base?: { readonly name: string; readonly index: number };
}

interface Feature {
  readonly name: string;
  /** A reference to the other end of a relation, or a slot with roles and targets. */
  readonly kind: 'value' | 'base' | 'slot';
}

const kinds: Readonly<Record<string, Layer['kind']>> = { SP: 'span', RL: 'relation', CH: 'chain' };

/** Columns before those of the layers: address, offsets, token. */
const fixedColumns = 3;

/** The layer of a header line (`#T_SP=`, `#T_RL=` or `#T_CH=`); undefined if the line is another one. */
export function parseLayer(line: string, previous: Layer | undefined): Layer | undefined {
  const [prefix, code = ''] = /^#T_(SP|RL|CH)=/u.exec(line) ?? [];
  const kind = kinds[code];
  if (prefix === undefined || kind === undefined) return undefined;
  const [name = '', ...columns] = line.slice(prefix.length).trim().split('|');
  const features = columns.map((column, index) => featureOf(column, columns[index - 1]));
  const first = previous === undefined ? fixedColumns : previous.first + previous.features.length;
  const index = features.findIndex((feature) => feature.kind === 'base');
  return {
    kind,
    name,
    first,
    features: features.length === 0 ? [{ name: '', kind: 'value' }] : features,
    ...(index === -1 ? {} : { base: { name: features[index]?.name ?? '', index } }),
  };
}

/** A slot has two columns: the roles (`ROLE_...`) and, after them, the type of the targets. */
function featureOf(name: string, before: string | undefined): Feature {
  if (name.startsWith('BT_')) return { name: name.slice('BT_'.length), kind: 'base' };
  const isSlot = name.startsWith('ROLE_') || before?.startsWith('ROLE_') === true;
  return { name, kind: isSlot ? 'slot' : 'value' };
}

/**
 * Whether the annotations of a span layer are mentions. Layers of DKPro other than named entities (parts of speech,
 * lemmas, pages of a PDF) come from preprocessing.
 */
export function holdsMentions({ kind, name }: Pick<Layer, 'kind' | 'name'>): boolean {
  if (kind !== 'span') return false;
  return name.endsWith('.NamedEntity') || !/^(?:de\.tudarmstadt\.ukp|org)\.dkpro\.core\./u.test(name);
}

/** The last part of a full name: `Finding`. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The layers with a column in a row of `count` cells. */
export function* layersWithin(layers: readonly Layer[], count: number): Generator<Layer> {
  for (const layer of layers) {
    if (layer.first >= count) return;
    yield layer;
  }
}
