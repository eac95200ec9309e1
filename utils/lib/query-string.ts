/** The values of these parameters in a URL’s query; empty if a parameter is missing. */
export function parseQuery<Name extends string>(
  query: string,
  names: readonly Name[],
): { [Each in Name]?: string } {
  const params = new URLSearchParams(query);
  return Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
}

/** Returns the query with these parameters replaced by the values. Other parameters stay. */
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
