/** Where the answer to a question stands in the source of a cell, and the edit that changes it and nothing else. */
import { expect } from "chai";
import { answerIn, editOf } from "../../extension/src/question/source";

const PICK = '{ layer: "conv1", unit: 3 }';

/** The source once `answer` is the answer to question `id`, or why it is not. */
function edited(source: string, answer = PICK, id = "q3"): string {
  const edit = editOf(source, id, answer);
  if (typeof edit === "string") return `refused: ${edit}`;
  return source.slice(0, edit.from) + edit.text + source.slice(edit.to);
}

describe("the answer in the source of a cell", () => {
  const rows: [what: string, before: string, after: string][] = [
    [
      "the stub of a homework",
      'const q3 = await show.ask("q3", "Which?", view, { pick: "unit", answer: null });',
      `const q3 = await show.ask("q3", "Which?", view, { pick: "unit", answer: ${PICK} });`,
    ],
    [
      "an answer that is another one already, and the code around it",
      'let a = { answer: 1 };\nshow.ask("q3", "a, b)", f(x, [1]), { answer: { layer: "a", unit: 0 }, pick: "unit" }); a.answer = 2;',
      `let a = { answer: 1 };\nshow.ask("q3", "a, b)", f(x, [1]), { answer: ${PICK}, pick: "unit" }); a.answer = 2;`,
    ],
    [
      "the stub that nbgrader leaves",
      'show.ask("q3", "?", v, {\n  pick: "unit",\n  answer: () => {\n    // YOUR CODE HERE\n    throw new Error("No answer, given.");\n  },\n});',
      `show.ask("q3", "?", v, {\n  pick: "unit",\n  answer: ${PICK},\n});`,
    ],
    [
      "only the call of that name",
      'show.ask("q2", "?", v, { pick: "unit", answer: null });\nshow.ask("q3", "?", v, { pick: "unit", answer: null });\nshow.ask("q33", "?", v, { pick: "unit", answer: null });',
      `show.ask("q2", "?", v, { pick: "unit", answer: null });\nshow.ask("q3", "?", v, { pick: "unit", answer: ${PICK} });\nshow.ask("q33", "?", v, { pick: "unit", answer: null });`,
    ],
    [
      "comments, strings and templates that look like it",
      '// show.ask("q3", "?", v, { answer: null })\n/* show.ask("q3", "?", v, { answer: null }) */\nconst s = \'show.ask("q3", "?", v, { answer: null })\' + `show.ask("q3", ${f({ a: "}" }, `}`)}, v, { answer: null })`;\nshow.ask("q3", "?", v, { answer: null }); // answer: null',
      `// show.ask("q3", "?", v, { answer: null })\n/* show.ask("q3", "?", v, { answer: null }) */\nconst s = 'show.ask("q3", "?", v, { answer: null })' + \`show.ask("q3", \${f({ a: "}" }, \`}\`)}, v, { answer: null })\`;\nshow.ask("q3", "?", v, { answer: ${PICK} }); // answer: null`,
    ],
    [
      "comments within the call",
      'show.ask("q3", /* , */ "?", v, { pick: "unit", /* answer: 1, */ answer: /* none */ null /* yet */, // answer: 2\n});',
      `show.ask("q3", /* , */ "?", v, { pick: "unit", /* answer: 1, */ answer: /* none */ ${PICK} /* yet */, // answer: 2\n});`,
    ],
    [
      "regular expressions, divisions, and a quote in them",
      'const r = /["\'`(]/g, x = a / b / c; if (/\\/[/"]/.test(s)) f();\nshow.ask("q3", "?", v, { answer: null });',
      `const r = /["'\`(]/g, x = a / b / c; if (/\\/[/"]/.test(s)) f();\nshow.ask("q3", "?", v, { answer: ${PICK} });`,
    ],
    [
      "other quotes",
      "show.ask('q3', 'it\\'s', v, { 'answer': null })",
      `show.ask('q3', 'it\\'s', v, { 'answer': ${PICK} })`,
    ],
    [
      "a template as a name",
      "show.ask(`q3`, `a`, v, { answer: null })",
      `show.ask(\`q3\`, \`a\`, v, { answer: ${PICK} })`,
    ],
    [
      "types behind the name",
      'show.ask<"unit">("q3", "?", v, { answer: null })',
      `show.ask<"unit">("q3", "?", v, { answer: ${PICK} })`,
    ],
    [
      "a namespace before it",
      'r . show\n .ask ( "q3", "?", v, { answer: null, })',
      `r . show\n .ask ( "q3", "?", v, { answer: ${PICK}, })`,
    ],
    [
      "an answer in a nested object",
      'show.ask("q3", "?", f({ answer: 1 }), { x: { answer: 2 }, answer: null })',
      `show.ask("q3", "?", f({ answer: 1 }), { x: { answer: 2 }, answer: ${PICK} })`,
    ],
    [
      "no answer",
      'show.ask("q3", "?", v, { pick: "unit" })',
      `show.ask("q3", "?", v, { pick: "unit", answer: ${PICK} })`,
    ],
    [
      "no answer behind a comma",
      'show.ask("q3", "?", v, { pick: "unit", })',
      `show.ask("q3", "?", v, { pick: "unit", answer: ${PICK} })`,
    ],
    ["no options at all", 'show.ask("q3", "?", v, {})', `show.ask("q3", "?", v, { answer: ${PICK}})`],
    [
      "a variable of that name",
      'show.ask("q3", "?", v, { pick: "unit", answer })',
      `show.ask("q3", "?", v, { pick: "unit", answer: ${PICK} })`,
    ],
    [
      "letters beyond the first plane",
      'const 变量 = "😀"; show.ask("q3", "😀, \\u{1f600}?", v, { answer: null })',
      `const 变量 = "😀"; show.ask("q3", "😀, \\u{1f600}?", v, { answer: ${PICK} })`,
    ],
    [
      "an unfinished line before it",
      'const a = "open\nshow.ask("q3", "?", v, { answer: null })',
      `const a = "open\nshow.ask("q3", "?", v, { answer: ${PICK} })`,
    ],
    [
      "a quiz",
      'show.quiz("q3", "?", { choices: ["a", "b"], answer: null })',
      `show.quiz("q3", "?", { choices: ["a", "b"], answer: ${PICK} })`,
    ],
  ];
  for (const [what, before, after] of rows) it(`is replaced: ${what}`, () => expect(edited(before)).to.equal(after));

  const refused: [what: string, source: string, why: RegExp][] = [
    ["no such call", 'show.ask("q4", "?", v, { answer: null })', /does not ask "q3" any more/],
    ["a call in a comment alone", '// show.ask("q3", "?", v, { answer: null })', /does not ask/],
    ["a call in a string alone", '`show.ask("q3", 1, v, { answer: null })`', /does not ask/],
    ["another function", 'my.ask("q3", "?", v, { answer: null }); ask("q3", "?", v, { answer: null })', /does not ask/],
    [
      "two calls of one name",
      'show.ask("q3", "?", v, { answer: null }); show.quiz("q3", "?", { answer: null })',
      /asks "q3" 2 times/,
    ],
    ["options in a variable", 'show.ask("q3", "?", v, options)', /not written out/],
    ["a name in a variable", 'const q = "q3"; show.ask(q, "?", v, { answer: null })', /does not ask/],
    ["a call that is not closed", 'show.ask("q3", "?", v, { answer: null', /not written out/],
  ];
  for (const [what, source, why] of refused)
    it(`is left alone: ${what}`, () =>
      expect(edited(source))
        .to.match(why)
        .and.match(/^refused/));

  it("is left as it was by whatever text a cell may hold", () => {
    const pieces = [
      "show",
      ".ask",
      "(",
      '"q3"',
      ",",
      "{",
      "}",
      "answer",
      ":",
      "null",
      ")",
      "`",
      "${",
      "/",
      "//",
      "/*",
      "*/",
      "\\",
      "'",
      "\n",
      "<",
      ">",
      "é",
      "[",
      "]",
      "=>",
      " ",
    ];
    let seed = 7;
    const random = (most: number): number => (seed = (seed * 48271) % 2147483647) % most;
    for (let i = 0; i < 3000; i++) {
      const source = Array.from({ length: random(30) }, () => pieces[random(pieces.length)]).join("");
      const edit = editOf(source, "q3", "null");
      if (typeof edit !== "string") expect(edit.from).to.be.within(0, edit.to).and.at.most(source.length);
      answerIn(source, "q3");
    }
  });

  const values: [source: string, value: unknown][] = [
    ["null", null],
    ["undefined", null],
    [PICK, { layer: "conv1", unit: 3 }],
    ["{ 'layer': 'it\\'s \"a\"', unit: 1_0, }", { layer: 'it\'s "a"', unit: 10 }],
    ["[{ index: 3 }, { index: 0x10 },]", [{ index: 3 }, { index: 16 }]],
    ["-1.5e3", -1500],
    [".5", 0.5],
    ["`words`", "words"],
    ["/* none */ null // yet\n", null],
  ];
  for (const [text, value] of values)
    it(`is read: ${text.trim()}`, () =>
      expect(answerIn(`show.ask("q3", "?", v, { answer: ${text} })`, "q3")).to.deep.equal({ value }));

  it("is not read where it is an expression, or not there once", () => {
    for (const text of ["f(1)", "() => null", "a ?? b", "{ ...a }", "1 + 2"])
      expect(answerIn(`show.ask("q3", "?", v, { answer: ${text} })`, "q3"), text).to.equal(undefined);
    expect(answerIn('show.ask("q3", "?", v, { answer })', "q3")).to.equal(undefined);
    expect(answerIn("", "q3")).to.equal(undefined);
    expect(answerIn('show.ask("q3", "?", v, { pick: "unit" })', "q3")).to.deep.equal({ value: null });
  });
});
