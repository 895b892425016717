/** What files turn out to be, and what to do about it. */
import { charactersOf, has, namesInZip, protobufFields, textOf } from "./bytes";

/** What a loader reads. */
export type Wanted = "safetensors" | "ONNX" | "ConvNetJS" | "IDX" | "CIFAR-10" | "image";

export interface Kind {
  /** "a PyTorch checkpoint", "an empty file": with its article, and what shows it. */
  what: string;
  /** The next step: for one kind of loader, or for all others. FILE is the file's path, STEM the same without extension. */
  next: Partial<Record<Wanted | "any", string>>;
}

/** A row of the table: what it is if the bytes are of the kind, else null. */
type Row = (bytes: Uint8Array) => Kind | null;

const always =
  (is: (bytes: Uint8Array) => boolean, what: string, next: Kind["next"]): Row =>
  (bytes) =>
    is(bytes) ? { what, next } : null;
const begins = (signature: string | readonly number[], what: string, next: Kind["next"], at = 0): Row =>
  always((bytes) => has(bytes, signature, at), what, next);

const UNPACK = "Unpack it first";
const AGAIN = { any: "Get the file again." };

/** How weights of PyTorch become a file that is read here; `read` gives a dict of tensors, in Python. */
const weights = (read: string, imports = "torch"): Kind["next"] => {
  const convert = `import ${imports}; from safetensors.torch import save_file; save_file(${read}, "STEM.safetensors").`;
  return {
    safetensors: `Convert it in Python: ${convert}`,
    ONNX: `It holds weights, not how they are used: load them in Python into the network and call torch.onnx.export(net, images, "STEM.onnx").`,
    any: `io.loadSafetensors reads weights; convert it in Python: ${convert}`,
  };
};
const arrays = (read: string): Kind["next"] => weights(read, "numpy, torch");
const TORCH_LOAD = `torch.load("FILE", map_location="cpu", weights_only=True)`;
const TORCH_LOAD_ALL = TORCH_LOAD.replace("True", "False");

/** What torch.save wrote: a state dict, a dict around one, or a whole network. */
function checkpoint(bytes: Uint8Array, what: string): Kind {
  const found = charactersOf(bytes);
  if (/c(torch\.nn\.modules|__main__)[\w.]*\n/.test(found))
    return {
      what: `${what}, of a whole network`,
      next: {
        ...weights(`${TORCH_LOAD_ALL}.state_dict()`),
        ONNX: `Export it in Python: torch.onnx.export(${TORCH_LOAD_ALL}.eval(), (images,), "STEM.onnx").`,
      },
    };
  const [, key] = /X.\0\0\0((?:\w*_)?state_dict|model)q/s.exec(found) ?? [];
  return { what, next: weights(key === undefined ? TORCH_LOAD : `${TORCH_LOAD}["${key}"]`) };
}

const otherFramework = (words: string): Kind["next"] => ({ ONNX: words, any: words });
const cifar = "Get the binary version: cifar-10-binary.tar.gz.";

/** A pointer that stands for a file that is kept elsewhere. */
function pointer(bytes: Uint8Array): Kind | null {
  const text = textOf(bytes) ?? "";
  const lfs = text.startsWith("version https://git-lfs");
  if (!lfs && !/^(\.\.\/)*\.git\/annex\/|^\/annex\/objects\//.test(text)) return null;
  const size = Number(/^size (\d+)$/m.exec(text)?.[1] ?? NaN);
  const of = Number.isFinite(size) ? `, which stands for the file of ${size.toLocaleString("en-US")} bytes` : "";
  return lfs
    ? {
        what: `a Git LFS pointer${of}`,
        next: { any: "Fetch the file itself: git lfs install, then git lfs pull." },
      }
    : { what: "a git-annex pointer", next: { any: "Fetch the file itself: git annex get." } };
}

function zip(bytes: Uint8Array): Kind | null {
  if (has(bytes, "PK\u0005\u0006")) return { what: "an empty ZIP archive", next: AGAIN };
  if (!has(bytes, "PK\u0003\u0004")) return null;
  const names = namesInZip(bytes);
  const some = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (some(/(^|\/)(constants|bytecode)\.pkl$|(^|\/)code\//))
    return {
      what: "a TorchScript program of PyTorch",
      next: weights(`torch.jit.load("FILE").state_dict()`),
    };
  if (some(/(^|\/)models\/.*\.json$|archive_format$/))
    return {
      what: "an exported program of PyTorch (.pt2)",
      next: weights(`torch.export.load("FILE").state_dict`),
    };
  if (some(/(^|\/)data\.pkl$/)) return checkpoint(bytes, "a PyTorch checkpoint (torch.save)");
  if (some(/\.npy$/))
    return {
      what: "an .npz file of NumPy",
      next: arrays(`{k: torch.from_numpy(v) for k, v in numpy.load("FILE").items()}`),
    };
  if (some(/\.weights\.h5$/))
    return { what: "a Keras network", next: otherFramework("Convert it to ONNX in Python with tf2onnx.") };
  const first = names[0] ? ` that begins with ${names[0]}` : "";
  return { what: `a ZIP archive${first}`, next: { any: `${UNPACK} and give the file inside.` } };
}

function pickle(bytes: Uint8Array): Kind | null {
  // Before version 1.6 PyTorch began its files with this number, pickled.
  if (has(bytes, [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]))
    return checkpoint(bytes, "a PyTorch checkpoint (torch.save before version 1.6)");
  const binary = bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5 && bytes.length > 3;
  const older = /^([}\](]q\0|\(dp\d|\(lp\d|c\w+(\.\w+)*\n\w+\n)/.test(charactersOf(bytes, 256));
  if (!binary && !older) return null;
  return {
    what: "a Python pickle",
    next: {
      ...weights(`pickle.load(open("FILE", "rb"))`, "pickle, torch"),
      "CIFAR-10": `The Python version of CIFAR-10 is pickled. ${cifar}`,
    },
  };
}

/** The size of the whole file stands behind the letters. */
const bitmap = (bytes: Uint8Array): boolean =>
  has(bytes, "BM") &&
  bytes.length > 26 &&
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(2, true) === bytes.length;

const GIVE_ITSELF =
  "Get the file itself: on GitHub the address behind Raw, on Hugging Face the one with /resolve/ in place of /blob/.";

function text(bytes: Uint8Array): Kind | null {
  const found =
    textOf(bytes)
      ?.replace(/^\ufeff/, "")
      .trimStart() ?? "";
  if (found === "") return null;
  if (/^<!doctype html|^<html|^<head|^<body/i.test(found) || (found.startsWith("<") && /<html[\s>]/i.test(found)))
    return {
      what: "an HTML page",
      next: { any: `A web page was saved in place of the file. ${GIVE_ITSELF}` },
    };
  if (found.startsWith("<")) return { what: `an XML text (${firstWords(found)})`, next: { any: GIVE_ITSELF } };
  if (/^[[{]/.test(found)) return json(found);
  return { what: `a text that begins with "${firstWords(found)}"`, next: AGAIN };
}

function json(found: string): Kind {
  if (found.includes('"weight_map"'))
    return {
      what: "the index of a checkpoint in parts (JSON)",
      next: { any: "Load the .safetensors files that it names, and put their tensors into one object." },
    };
  if (found.includes('"layer_type"'))
    return {
      what: "a ConvNetJS snapshot (JSON)",
      next: { any: `io.fromConvNetJS(text) reads it.` },
    };
  return {
    what: `JSON (${firstWords(found)})`,
    next: { any: "Give the file of the weights, not the one that describes them." },
  };
}

/** "404: Not Found" */
const firstWords = (found: string): string => {
  const [line] = found.split(/\r?\n/);
  return line.length > 40 ? `${line.slice(0, 40)}...` : line;
};

/** A length of eight bytes, then a JSON object. */
function safetensors(bytes: Uint8Array): Kind | null {
  if (bytes.length < 10) return null;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length < 2 || length > 100_000_000) return null;
  const head = textOf(bytes.subarray(8, 8 + Math.min(length, 64)));
  if (!head || !/^\s*\{\s*("|\}|$)/.test(head)) return null;
  return {
    what: "a safetensors file, which holds weights without a network",
    next: {
      ONNX: `Make the network here and load them: net.loadStateDict(io.loadSafetensors("FILE")).`,
      any: "io.loadSafetensors reads it.",
    },
  };
}

/** Fields 1 (version, always written first), 7 (graph) and 8 (operator sets) of a model. */
function onnx(bytes: Uint8Array): Kind | null {
  if (bytes[0] !== 8 || bytes[1] < 1 || bytes[1] > 32) return null;
  const found = protobufFields(bytes);
  if (!found || !(found.fields.has(7) || found.fields.has(2))) return null;
  return {
    what: found.whole ? "an ONNX model" : "an ONNX model that is cut off",
    next: found.whole ? { any: "io.onnx.load reads it." } : AGAIN,
  };
}

const image = { any: "datasets.ImageFolder and io.readImage read images." };
const packed = { any: `${UNPACK} and give the file inside.` };

/** In this order: what is surest first. */
export const kinds: readonly Row[] = [
  always((bytes) => bytes.length === 0, "an empty file", { any: "Get the file again: nothing of it came." }),
  pointer,
  zip,
  pickle,
  begins("\u0093NUMPY".split("").map((c) => c.charCodeAt(0)), "an .npy file of NumPy", arrays(`{"x": torch.from_numpy(numpy.load("FILE"))}`)),
  begins([0x1f, 0x8b], "a gzip archive", { any: `${UNPACK}: gunzip, or tar -xzf if its name ends with .tar.gz or .tgz.` }),
  begins("ustar", "a tar archive", { ...packed, any: `${UNPACK}: tar -xf.` }, 257),
  begins([0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive", packed),
  begins("BZh", "a bzip2 archive", packed),
  begins([0x28, 0xb5, 0x2f, 0xfd], "a Zstandard archive", packed),
  begins([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive", packed),
  begins("Rar!", "a RAR archive", packed),
  begins([0x89, 0x48, 0x44, 0x46], "an HDF5 file, as Keras writes them", otherFramework("Convert it to ONNX in Python with tf2onnx.")),
  begins("TFL3", "a TensorFlow Lite network", otherFramework("Convert it to ONNX in Python: python -m tf2onnx.convert --tflite net.tflite."), 4),
  begins("GGUF", "a GGUF file, as llama.cpp reads them", AGAIN),
  begins("MATLAB", "a MATLAB file", { "CIFAR-10": `It is the MATLAB version. ${cifar}`, any: `Convert it in Python with scipy.io.loadmat.` }),
  begins("%PDF", "a PDF", AGAIN),
  begins([0x89, 0x50, 0x4e, 0x47], "a PNG image", image),
  begins([0xff, 0xd8, 0xff], "a JPEG image", image),
  begins("GIF8", "a GIF image", image),
  always(bitmap, "a BMP image", image),
  begins("WEBP", "a WebP image", image, 8),
  begins("II*\u0000", "a TIFF image", image),
  begins("MM\u0000*", "a TIFF image", image),
  begins([0, 0, 8], "an IDX file, as MNIST's", { any: "datasets.MNIST and FashionMNIST read the four files of a set." }),
  safetensors,
  onnx,
  text,
  always((bytes) => bytes.length > 64 && bytes.every((byte) => byte === 0), "a file of zeros, as of a download that was broken off", AGAIN),
]; // prettier-ignore
