/**
 * An ESLint rule: what only Node can do stands in a file, or in a folder, that has a `.browser.ts` file beside it, which takes
 * its place in a page. A name that a file looks for first (`typeof Buffer`) may be used in it.
 */
import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname } from "node:path";

const globals = ["process", "Buffer", "setImmediate", "clearImmediate", "__dirname", "__filename", "global"];
const isNode = (name) => typeof name === "string" && (name.startsWith("node:") || builtinModules.includes(name));

/** Whether a page gets another file instead of this one. */
const hasTwin = (file) => [file.replace(/\.ts$/, ""), dirname(file)].some((path) => existsSync(`${path}.browser.ts`));

export const nodeOnly = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      node: "Only Node has {{name}}. It belongs into a file with a .browser.ts file beside it, which takes its place in a page.",
      unref: "Timers of a page have no unref(). It belongs into a file with a .browser.ts file beside it.",
    },
  },
  create(context) {
    const { filename, sourceCode } = context;
    if (hasTwin(filename)) return {};
    const report = (node, name) => context.report({ node, messageId: "node", data: { name } });
    const check = (node) => {
      if (node.importKind !== "type" && node.exportKind !== "type" && isNode(node.source?.value))
        report(node, node.source.value);
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      CallExpression(node) {
        const [first] = node.arguments;
        if (node.callee.name === "require" && isNode(first?.value)) report(node, first.value);
        if (node.callee.property?.name === "unref" && !node.optional) context.report({ node, messageId: "unref" });
      },
      "Program:exit"() {
        const used = sourceCode.scopeManager.globalScope.through.filter(
          ({ identifier, isTypeReference }) => globals.includes(identifier.name) && !isTypeReference,
        );
        const isQuestion = ({ identifier: { parent } }) =>
          parent.type === "UnaryExpression" && parent.operator === "typeof";
        const asked = new Set(used.filter(isQuestion).map(({ identifier }) => identifier.name));
        for (const { identifier } of used) if (!asked.has(identifier.name)) report(identifier, identifier.name);
      },
    };
  },
};
