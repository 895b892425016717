/** How a function or a class is called, with the names of its options: TypeScript only counts arguments. */
import type ts from "typescript";
import type { CellProgram } from "./found";

/** Options that a pattern names before it says "...". */
const MAX_OPTIONS = 8;

/** `Call it as Conv2d(inChannels, outChannels, kernelSize, { stride, padding, ... }).`; null if it is not known how. */
export function callPattern(
  { compiler, checker }: CellProgram,
  call: ts.CallExpression | ts.NewExpression,
): string | null {
  const signature = checker.getResolvedSignature(call);
  if (!signature) return null;
  const parameters = signature.getParameters().map((parameter) => {
    const options = optionsOf(checker, parameter, call);
    return options
      ? `{ ${[...options.slice(0, MAX_OPTIONS), ...(options.length > MAX_OPTIONS ? ["..."] : [])].join(", ")} }`
      : parameter.name.startsWith("__")
        ? "options"
        : parameter.name;
  });
  const callee = call.expression;
  const isName = compiler.isIdentifier(callee) || compiler.isPropertyAccessExpression(callee);
  if (!isName || callee.getText().length > 60) return null;
  const isNew = compiler.isNewExpression(call) ? "new " : "";
  return `Call it as ${isNew}${callee.getText()}(${parameters.join(", ")}).`;
}

/** The names of the options that a parameter takes; null if it takes no object of options. */
export function optionsOf(checker: ts.TypeChecker, parameter: ts.Symbol, at: ts.Node): string[] | null {
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, at));
  const isNamed =
    /Options$/.test((type.aliasSymbol ?? type.getSymbol())?.name ?? "") ||
    parameter.name.startsWith("__") ||
    /options|settings/i.test(parameter.name);
  if (!isNamed || type.isUnion() || type.getCallSignatures().length > 0) return null;
  const names = checker.getPropertiesOfType(type).map(({ name }) => name);
  if (names.length === 0 || names.some((name) => name.startsWith("__@"))) return null;
  return names;
}
