import { defineConfig } from "eslint/config";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { importZones } from "./scripts/lib/importZones.mjs";

const nodeGlobals = ["clearInterval", "console", "module", "performance", "process", "require", "setInterval", "URL"];
const pageGlobals = [
  "AbortController",
  "crossOriginIsolated",
  "document",
  "ImageData",
  "performance",
  "requestAnimationFrame",
];
/** What only a page has, or only Node. */
const onePlaceOnly = [
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
  ...["process", "Buffer", "require", "module", "global", "setImmediate", "__dirname", "__filename"],
];
const outOfPlace = "Marks know neither the DOM nor Node: draw in x.page.ts.";
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
    plugins: { "import-x": importX, receptive: { rules: { "import-zones": importZones } } },
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
    // A Stop may cut code off without its `finally` blocks: what holds while a function runs goes through src/ambient.ts.
    files: ["src/**/*.ts"],
    ignores: [
      // Counters, which only go up.
      "src/autograd/tape.ts",
      "src/devices/cpu/buffer.ts",
      // The engine's generator, which manualSeed replaces, and when a loop last let others run.
      "src/tensor/random.ts",
      "src/data/yield.ts",
      // What is loaded once, at first use.
      "src/io/image/decode.ts",
      "src/io/onnx/proto.ts",
      "src/devices/cpu/collect.ts",
      "src/devices/cpu/wasm.ts",
      "src/devices/gpu/platform.ts",
      "src/devices/gpu/platform.browser.ts",
      "src/devices/gpu/setup.ts",
      "src/devices/gpu/info.ts",
      "src/marks/chart/plotly.page.ts",
      // The bookkeeping of a device's memory and threads.
      "src/devices/cpu/room.ts",
      "src/devices/cpu/threads.ts",
      "src/devices/gpu/residents.ts",
      "src/devices/gpu/compile.ts",
    ],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
          message: "State of a module outlives a Stop: use ambient() of src/ambient.ts, or an object that owns it.",
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
      "no-restricted-globals": ["error", ...onePlaceOnly.map((name) => ({ name, message: outOfPlace }))],
      "@typescript-eslint/no-restricted-types": [
        "error",
        { types: Object.fromEntries(onePlaceOnly.map((name) => [name, { message: outOfPlace }])) },
      ],
      "no-restricted-imports": ["error", { patterns: [{ group: ["node:*"], message: "Marks know no Node." }] }],
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
