/** Rows that are read by their index, which counts from 0. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
  slice(start?: number, end?: number): readonly Row[];
}

/** The number of bits of an index that choose the place in one node. */
const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** A leaf holds rows, every other node holds nodes. */
type TreeNode = unknown[];

/**
 * An immutable list of any length. A change copies the nodes on the way to each changed row and shares all others, so its
 * cost depends on the number of changed rows and not on the length of the list.
 */
export class PersistentVector<Row> implements Rows<Row> {
  readonly length: number;
  readonly #root: TreeNode;
  /** The bits of an index below those of the root. */
  readonly #shift: number;

  private constructor(root: TreeNode, shift: number, length: number) {
    this.#root = root;
    this.#shift = shift;
    this.length = length;
  }

  static from<Row>(rows: readonly Row[]): PersistentVector<Row> {
    let nodes = inNodes(rows);
    let shift = 0;
    for (; nodes.length > 1; shift += BITS) nodes = inNodes(nodes);
    return new PersistentVector(nodes[0] ?? [], shift, rows.length);
  }

  at(index: number): Row | undefined {
    return index >= 0 && index < this.length ? (this.#leaf(index)[index & MASK] as Row) : undefined;
  }

  /** The rows from `start`, up to the one before `end`. */
  slice(start = 0, end = this.length): Row[] {
    const rows: Row[] = [];
    const last = Math.min(end, this.length);
    for (let from = Math.max(0, start); from < last; from = (from | MASK) + 1) {
      const leaf = this.#leaf(from) as Row[];
      rows.push(...leaf.slice(from & MASK, last - (from & ~MASK)));
    }
    return rows;
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (let from = 0; from < this.length; from += WIDTH) yield* this.#leaf(from) as Row[];
  }

  /** The list with other rows at these indexes. Throws a RangeError if it has no such index. */
  with(changes: Iterable<readonly [number, Row]>): PersistentVector<Row> {
    const copies = new Set<TreeNode>();
    const copyOf = (node: TreeNode): TreeNode => {
      const copy = copies.has(node) ? node : node.slice();
      copies.add(copy);
      return copy;
    };
    let root = this.#root;
    for (const [index, row] of changes) {
      if (!(index >= 0 && index < this.length)) throw new RangeError(`There is no row ${index}.`);
      root = copyOf(root);
      let node = root;
      for (let shift = this.#shift; shift > 0; shift -= BITS) {
        const place = (index >> shift) & MASK;
        const child = copyOf(node[place] as TreeNode);
        node[place] = child;
        node = child;
      }
      node[index & MASK] = row;
    }
    return new PersistentVector(root, this.#shift, this.length);
  }

  #leaf(index: number): TreeNode {
    let node = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= BITS) node = node[(index >> shift) & MASK] as TreeNode;
    return node;
  }
}

function inNodes(rows: readonly unknown[]): TreeNode[] {
  return Array.from({ length: Math.ceil(rows.length / WIDTH) }, (_, node) =>
    rows.slice(node * WIDTH, (node + 1) * WIDTH),
  );
}
