/** The list of a notebook's variables: `variables()` in a cell, and a comm for the inspector. */
import { isProxy } from "../platform";
import { INSPECTION, VARIABLES_TARGET, type VariablesMessage } from "../../src/protocol";
import type { Comm, CommRegistry } from "../cell/globals/comms";
import type { Variable } from "../cell/globals/variables";
import { fieldOf } from "./comms";
import { lineOf } from "../output/valueText";
import { isObject } from "../json";

const PREVIEW_WIDTH = 80;
/** More than this is no list that anyone reads. */
const MAX_VARIABLES = 1000;

export function listVariables(entries: Iterable<[name: string, value: unknown]>): Variable[] {
  const list: Variable[] = [];
  for (const [name, value] of entries) {
    if (list.length === MAX_VARIABLES) break;
    list.push({ name, type: typeOf(value), size: sizeOf(value), preview: lineOf(value, PREVIEW_WIDTH) });
  }
  return list;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object" && typeof value !== "function") return typeof value;
  if (isProxy(value)) return "Proxy";
  if (typeof value === "function" && /^class\b/.test(sourceOf(value))) return "class";
  try {
    const name = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)?.constructor?.name;
    if (typeof name !== "string" || name === "") return typeof value;
    // Networks are functions too, but nobody thinks of them so.
    return typeof value === "function" && name.endsWith("Function") ? "function" : name;
  } catch {
    return typeof value;
  }
}

function sourceOf(value: object): string {
  try {
    return Function.prototype.toString.call(value).slice(0, 10);
  } catch {
    return "";
  }
}

/** A tensor's shape, the length of a list, the number of entries. */
function sizeOf(value: unknown): string {
  if (typeof value === "string") return `${value.length} characters`;
  if (typeof value !== "object" || value === null || isProxy(value)) return "";
  try {
    const { shape, length, size } = value as { shape?: unknown; length?: unknown; size?: unknown };
    if (Array.isArray(shape) && shape.every((n) => typeof n === "number")) {
      return shape.length === 0 ? "scalar" : shape.join(" x ");
    }
    if (typeof length === "number") return `${length} items`;
    if (typeof size === "number") return `${size} entries`;
    return "";
  } catch {
    return "";
  }
}

/** What the value says of itself to whoever may ask about it. */
function inspectionOf(value: unknown): { kind: string; id: string } | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || isProxy(value)) return;
  try {
    const method = (value as Record<symbol, unknown>)[INSPECTION];
    const said: unknown = typeof method === "function" ? Reflect.apply(method, value, []) : undefined;
    if (!isObject(said) || typeof said.kind !== "string" || typeof said.id !== "string") return;
    return { kind: said.kind, id: said.id };
  } catch {
    return;
  }
}

/** Serves the list to the front end: when it opens, when it asks, and after each cell. */
export class VariablesService {
  private readonly comms = new Set<Comm>();

  constructor(
    registry: CommRegistry,
    private readonly entries: () => Iterable<[name: string, value: unknown]>,
  ) {
    registry.registerTarget(VARIABLES_TARGET, (comm) => {
      this.comms.add(comm);
      comm.onClose(() => void this.comms.delete(comm));
      comm.onMessage(({ data }) => {
        const request = fieldOf(data, "request");
        comm.send(this.message(typeof request === "number" ? request : undefined));
      });
      comm.send(this.message());
    });
  }

  /** Sends the list to whoever listens; a cell has ended. */
  changed(): void {
    if (this.comms.size === 0) return;
    const message = this.message();
    for (const comm of this.comms) comm.send(message);
  }

  private message(request?: number): VariablesMessage {
    const values = new Map(this.entries());
    const variables = listVariables(values).map((each) => ({ ...each, ...inspectionOf(values.get(each.name)) }));
    return { ...(request === undefined ? {} : { request }), variables };
  }
}
