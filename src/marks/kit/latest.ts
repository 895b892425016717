/**
 * At most one question at a time, and of those that come meanwhile only the newest: a pointer that crosses a picture asks
 * twice, where it left and where it has come to rest.
 */
export class Latest<Asked, Answer> {
  private underWay = false;
  private waiting: { asked: Asked; settle: (answer: Promise<Answer> | undefined) => void } | undefined;

  constructor(private readonly ask: (asked: Asked) => Promise<Answer>) {}

  /** The answer; undefined if a newer question came before this one was asked. Rejects as the question does. */
  want(asked: Asked): Promise<Answer | undefined> {
    return new Promise((settle) => {
      this.waiting?.settle(undefined);
      this.waiting = { asked, settle };
      void this.next();
    });
  }

  /** Forgets the question that waits. */
  clear(): void {
    this.waiting?.settle(undefined);
    this.waiting = undefined;
  }

  private async next(): Promise<void> {
    if (this.underWay || !this.waiting) return;
    const { asked, settle } = this.waiting;
    this.waiting = undefined;
    this.underWay = true;
    const answer = this.ask(asked);
    settle(answer);
    await answer.catch(() => undefined);
    this.underWay = false;
    void this.next();
  }
}
