/** A plausible wrong answer to a question of a homework, and what its check has to say of it. */
export interface WrongAnswer {
  /** What is wrong, for the test's title. */
  mistake: string;
  /** The id of the cell that is answered. */
  answer: string;
  /** What stands in it: the whole source. */
  code: string;
  /** The id of the test cell. */
  test: string;
  /** What its report says. */
  hint: RegExp;
  /** The ids of other code cells that the test cell needs; `setup` has always run. */
  needs?: readonly string[];
  /** Two further settings of the test cell, each as texts of its source and what stands in their place. */
  shapes: readonly (readonly (readonly [string, string])[])[];
}
