/**
 * What a file is that is not what it was taken for. Every loader asks here when it cannot read bytes, so that a web page
 * saved as `net.safetensors` is called a web page, whoever reads it.
 */
import { kinds, type Kind, type Wanted } from "./kinds";

export type { Wanted };

/** Beginnings of what each loader reads itself: what is wrong with those it says better. */
const own: Record<Wanted, RegExp> = {
  safetensors: /^a safetensors/,
  ONNX: /^an ONNX model$/,
  ConvNetJS: /^(a ConvNetJS|JSON)/,
  IDX: /^an IDX/,
  "CIFAR-10": /^(an IDX|a file of zeros)/,
  image: / image$/,
};

/**
 * "is a Git LFS pointer, not safetensors (134 bytes). Fetch the file itself: git lfs pull."; null if nothing is known of
 * the bytes, or if they are what was wanted.
 * @param name the file's path, or what messages call the bytes
 */
export function otherThan(wanted: Wanted, bytes: Uint8Array, name: string): string | null {
  const kind = kindOf(bytes);
  if (!kind || own[wanted].test(kind.what)) return null;
  const size = `${bytes.length.toLocaleString("en-US")} byte${bytes.length === 1 ? "" : "s"}`;
  const file = name.replace(/^\w+: /, "");
  const known = /\.\w+$/.test(file) ? file : "net.pth";
  const next = (kind.next[wanted] ?? kind.next.any ?? "")
    .replaceAll("FILE", known)
    .replaceAll("STEM", known.replace(/\.\w+$/, ""));
  const not = kind.what.startsWith(names[wanted]) ? "" : `, not ${names[wanted]}`;
  return `is ${kind.what}${not} (${size}). ${next}`;
}

const names: Record<Wanted, string> = {
  safetensors: "safetensors",
  ONNX: "an ONNX model",
  ConvNetJS: "a ConvNetJS snapshot",
  IDX: "an IDX file",
  "CIFAR-10": "CIFAR-10's binary version",
  image: "an image",
};

function kindOf(bytes: Uint8Array): Kind | null {
  for (const row of kinds) {
    const kind = row(bytes);
    if (kind) return kind;
  }
  return null;
}
