import { defineConfig } from "eslint/config";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { importZones } from "./scripts/lib/importZones.mjs";
import { nodeOnly } from "./scripts/lib/nodeOnly.mjs";

const nodeGlobals = ["clearInterval", "console", "module", "performance", "process", "require", "setInterval", "URL"];
const pageGlobals = [
  "AbortController",
  "crossOriginIsolated",
  "document",
  "ImageData",
  "performance",
  "requestAnimationFrame",
];
/** What only a page has. */
const pageOnly = [
  ...[
    "window",
    "document",
    "navigator",
    "self",
    "location",
    "getComputedStyle",
    "requestAnimationFrame",
    "devicePixelRatio",
  ],
  ...[
    "Element",
    "HTMLElement",
    "HTMLCanvasElement",
    "CanvasRenderingContext2D",
    "ImageData",
    "OffscreenCanvas",
    "Image",
  ],
  ...["Node", "Event", "PointerEvent", "KeyboardEvent", "ResizeObserver", "IntersectionObserver"],
];
const outOfPlace = "Marks know no DOM: draw in x.page.ts.";
const product = ["src/**/*.ts", "kernel/**/*.ts", "cli/**/*.ts", "extension/src/**/*.ts", "bench/**/*.ts"];

export default defineConfig(
  {
    ignores: [
      "**/node_modules",
      "**/dist",
      "**/coverage",
      ".venv",
      "extension/lib",
      "extension/labextension",
      "notebooks/*",
      "!notebooks/browser/",
      "test-output",
      "bench/peers/.venv",
      "test/**/fixtures",
      // AssemblyScript, which only looks like TypeScript.
      "**/*.as.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Options by position are found among all arguments of a call; a rest parameter would show in its type.
      "prefer-rest-params": "off",
      // An interface may ask for a promise where one implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // Ops and devices are objects of plain functions, which are handed on one by one.
      "@typescript-eslint/unbound-method": "off",
      // Contents of messages are unknown JSON, and a value that may be a promise may be awaited.
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/await-thenable": "off",
    },
  },
  {
    // The demo: ES modules as a page gets them.
    files: ["notebooks/browser/*.js"],
    languageOptions: {
      globals: Object.fromEntries(pageGlobals.map((name) => [name, "readonly"])),
    },
    rules: { "no-undef": "error", "no-unused-vars": "error" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: Object.fromEntries(nodeGlobals.map((name) => [name, "readonly"])),
    },
    rules: { "no-undef": "error", "no-unused-vars": "error" },
  },
  {
    files: product,
    plugins: { "import-x": importX, receptive: { rules: { "import-zones": importZones, "node-only": nodeOnly } } },
    settings: {
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js"] })],
    },
    rules: {
      "receptive/import-zones": "error",
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-default-export": "error",
    },
  },
  {
    files: ["src/**/*.ts", "kernel/**/*.ts"],
    // Programs of Node's: the kernel process with the thread and the children that it starts, and the engine's threads.
    ignores: ["kernel/main.ts", "kernel/io/**", "src/devices/cpu/worker.ts"],
    rules: { "receptive/node-only": "error" },
  },
  {
    // A Stop may cut code off without its `finally` blocks: what holds while a function runs goes through src/ambient.ts.
    files: ["src/**/*.ts"],
    // What a page loads once, at first use.
    ignores: ["src/marks/chart/plotly.page.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
          message: "State of a module outlives a Stop: use ambient() of src/ambient.ts, or an object that owns it.",
        },
        {
          selector: "MemberExpression[computed=true][property.name='NOTEBOOK']",
          message: "src/notebook.ts knows the notebook around the program: use notebook(), breaks() or checkpoint().",
        },
      ],
    },
  },
  {
    // Compiled by the extension's tsconfig, which has the DOM.
    files: ["**/*.page.ts"],
    languageOptions: { parserOptions: { projectService: false, project: "extension/tsconfig.json" } },
  },
  {
    // Payloads, checks and pictures are made in Node and in a page alike.
    files: ["src/marks/**/*.ts"],
    ignores: ["**/*.page.ts"],
    rules: {
      "no-restricted-globals": ["error", ...pageOnly.map((name) => ({ name, message: outOfPlace }))],
      "@typescript-eslint/no-restricted-types": [
        "error",
        { types: Object.fromEntries(pageOnly.map((name) => [name, { message: outOfPlace }])) },
      ],
    },
  },
  // The kernel loads the compiler and the user's packages when they are asked for.
  { files: ["kernel/**/*.ts", "cli/**/*.ts"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  { files: ["**/*.d.ts"], rules: { "import-x/no-default-export": "off" } },
  // JupyterLab asks for default exports here.
  {
    files: ["extension/src/plugin.ts", "extension/src/mime.ts"],
    rules: { "import-x/no-default-export": "off" },
  },
  {
    // GPU.js calls a kernel with a `this` of its own, which has no type.
    files: ["src/**/gpu.ts", "src/**/gpu/**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // chai's assertions are expressions: expect(x).to.be.true
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off" },
  },
);
