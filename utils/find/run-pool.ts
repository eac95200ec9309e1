/** Runs `work` for each item, with at most `size` at a time, in order. Starts no further item after `work` returns false. */
export async function runPool<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<boolean>,
): Promise<void> {
  let next = 0;
  let goesOn = true;
  const lane = async () => {
    while (goesOn && next < items.length) {
      const item = items[next] as Item;
      next += 1;
      if (!(await work(item))) goesOn = false;
    }
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, lane));
}
