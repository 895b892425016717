/**
 * mocha's "spec" reporter, which also counts: at the end it writes `{passed, failed, skipped: [{title, reason}]}` as JSON to
 * the file named by the reporter option `counts`. A test says why it is skipped in `this.test.skipReason` (its own or that of
 * a suite around it), or in its title after "skipped: ".
 */
const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    const { EVENT_TEST_PENDING, EVENT_RUN_END } = Runner.constants;
    runner.on(EVENT_TEST_PENDING, (test) =>
      skipped.push({ title: test.titlePath().join(" > "), reason: reasonOf(test) }),
    );
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures } = runner.stats;
      const counts = { passed: passes, failed: failures, skipped };
      writeFileSync(options.reporterOptions.counts, JSON.stringify(counts));
    });
  }
};

function reasonOf(test) {
  for (let at = test; at; at = at.parent) {
    if (at.skipReason) return at.skipReason;
    const [, reason] = /skipped: (.*)$/.exec(at.title) ?? [];
    if (reason) return reason;
  }
  return "no reason given";
}
