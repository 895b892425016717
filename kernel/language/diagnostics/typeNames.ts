/** Types by their names: where a file lies says nothing to who reads a message. */

const IMPORT = /(typeof )?\bimport\("((?:[^"\\]|\\.)*)"\)(\.)?/g;

/** The text with `Tensor` for `import("/a/b/tensor").Tensor`, and `typeof nn` for `typeof import("/a/b/nn/index")`. */
export function withoutPaths(text: string): string {
  if (!text.includes("import(")) return text;
  return text.replace(IMPORT, (_all, isTypeof: string | undefined, path: string, dot: string | undefined) =>
    dot ? (isTypeof ?? "") : `${isTypeof ?? ""}${moduleName(path)}`,
  );
}

const BUFFER = /(?<=Array|Buffer|DataView)<((?:Shared)?ArrayBuffer|ArrayBufferLike)>/g;

/** `Float32Array` for `Float32Array<ArrayBuffer>`: what lies below an array matters only where two kinds of it meet. */
export function withoutBuffers(text: string): string {
  const kinds = new Set([...text.matchAll(BUFFER)].map(([, kind]) => kind));
  return kinds.size === 1 ? text.replace(BUFFER, "") : text;
}

function moduleName(path: string): string {
  const parts = path.split(/[\\/]/);
  const packages = parts.lastIndexOf("node_modules");
  if (packages >= 0) {
    const name = parts[packages + 1] ?? path;
    return name.startsWith("@") ? `${name}/${parts[packages + 2] ?? ""}` : name;
  }
  const last = parts.at(-1) ?? path;
  if (last !== "index") return last;
  const folder = parts.at(-2) ?? path;
  return folder === "src" ? "receptive" : folder;
}
