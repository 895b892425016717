/** The first key that an object of a valid JSON text holds twice, which JSON.parse hides; null if there is none. */
export function duplicateKey(json: string): string | null {
  const open: Set<string>[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g;
  for (let match = token.exec(json); match; match = token.exec(json)) {
    const [text] = match;
    if (text === "{") open.push(new Set());
    else if (text === "}") open.pop();
    else if (/^\s*:/.test(json.slice(token.lastIndex, token.lastIndex + 64))) {
      const key = JSON.parse(text) as string;
      const keys = open[open.length - 1];
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return null;
}
