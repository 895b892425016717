/** What the user can put right: its message is one line that says what is wrong and the next step. */
export class UserError extends Error {}
