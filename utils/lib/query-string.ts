/** What an address's query says under these names; empty where it does not. */
export function parseQuery<Name extends string>(
  query: string,
  names: readonly Name[],
): { [Each in Name]?: string } {
  const params = new URLSearchParams(query);
  return Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
}

/** The query of an address with these values in place of what it said under these names; all else in it is kept. */
export function updateQuery<Name extends string>(
  query: string,
  names: readonly Name[],
  values: { readonly [Each in Name]?: string },
): string {
  const params = new URLSearchParams(query);
  for (const name of names) {
    params.delete(name);
    const text = values[name];
    if (text !== undefined) params.set(name, text);
  }
  return params.size > 0 ? `?${params}` : '';
}
