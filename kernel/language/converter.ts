/** What turns the text of a cell into JavaScript, completes it and explains it: the seam to tslab. */
import type ts from "typescript";

export interface TextPosition {
  offset: number;
  /** Both counted from zero. */
  line: number;
  character: number;
}
export interface Diagnostic {
  start: TextPosition;
  end: TextPosition;
  messageText: string;
  category: number;
  code: number;
  fileName?: string;
}
export interface ConvertResult {
  output?: string;
  declOutput?: string;
  diagnostics: Diagnostic[];
  lastExpressionVar?: string;
  hasToplevelAwait?: boolean;
  sideOutputs?: { path: string; data: string }[];
}
export interface CompletionInfo {
  start: number;
  end: number;
  candidates: string[];
  original?: ts.CompletionInfo;
}
export interface Converter {
  convert(previous: string, source: string): ConvertResult;
  inspect(previous: string, source: string, position: number): ts.QuickInfo | undefined;
  complete(previous: string, source: string, position: number): CompletionInfo;
  close(): void;
}
