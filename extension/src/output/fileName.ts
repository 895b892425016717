/**
 * "Feature maps: conv1" as `feature-maps-conv1-grid.png`.
 * @param kinds of its parts: the graph and the explorer of one network have one title
 */
export function fileName(title: string, kinds: readonly string[] = []): string {
  const words: readonly string[] = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const more = [...new Set(kinds)].filter((kind) => !words.includes(kind));
  const name = [words.join("-").slice(0, 80), ...more].filter(Boolean).join("-");
  return `${name || "view"}.png`;
}
