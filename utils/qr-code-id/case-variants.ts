const HAS_SMALL_LETTER = /[a-z]/;

/** Groups distinct ids that differ only in upper and lower case. */
export function caseVariantsOf(ids: readonly string[]): string[][] {
  // Hardly any list has case variants, so these quick checks come first.
  if (!ids.some((id) => HAS_SMALL_LETTER.test(id))) return [];
  if (new Set(ids.map((id) => id.toLowerCase())).size === ids.length) return [];
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const key = id.toLowerCase();
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
