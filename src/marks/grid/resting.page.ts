/** A pointer that lies still while keys move the canvas below it: then it says nothing. */
export class RestingPointer {
  /** Where it was last, in the window. */
  private x: number | undefined;
  private y: number | undefined;
  /** Whether keys were pressed since it moved. */
  private byKeys = false;

  /** Keys were pressed. */
  rest(): void {
    this.byKeys = true;
  }

  /** Whether the event is the page's that moved, not the pointer's. */
  isResting({ clientX, clientY, movementX, movementY, type }: PointerEvent): boolean {
    const { x, y } = this;
    [this.x, this.y] = [clientX, clientY];
    const moved =
      type === "pointermove" ? movementX !== 0 || movementY !== 0 : x !== undefined && (clientX !== x || clientY !== y);
    this.byKeys &&= !moved;
    return this.byKeys;
  }
}
