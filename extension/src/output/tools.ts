/** What a reader can do with any view: buttons at its upper right corner, seen while the pointer or the focus is in it. */
import { button, Toolbar } from "../../../src/marks/kit/toolbar.page";
import { pictureUrl, savePicture } from "./picture";

export class Tools {
  private readonly toolbar = new Toolbar("This view");
  readonly element = this.toolbar.element;
  private file = "";
  private url: string | undefined;
  private now: () => string | undefined = () => undefined;
  private readonly save = this.toolbar.add(
    button("Save PNG", "Save this view as a PNG picture", () => {
      const url = pictureUrl(this.now()) ?? this.url;
      if (url !== undefined) savePicture(url, this.file).catch(this.failed);
    }),
  );

  private readonly pin: HTMLButtonElement;

  /**
   * @param failed is told what could not be done
   * @param pin    keeps the view in sight, where that is possible; it is told which button was pressed
   */
  constructor(
    private readonly failed: (error: unknown) => void,
    pin: ((from: HTMLElement) => void) | undefined,
  ) {
    const open = button("Inspector", "Open this view in the inspector, where it stays in sight", () => pin?.(this.pin));
    this.pin = this.toolbar.add(open).control;
    this.pin.hidden = !pin;
    this.element.classList.add("rcp-View-tools");
  }

  /**
   * @param file    the name of the file of the picture
   * @param picture what was saved beside the view for other programs, if anything
   * @param now     the view as the reader sees it, as the text of an SVG; undefined if only that picture is there
   */
  update(file: string, picture: unknown, now: () => string | undefined): void {
    this.file = file;
    this.now = now;
    this.url = pictureUrl(picture);
    this.save.control.hidden = this.url === undefined;
    this.element.hidden = this.save.control.hidden && this.pin.hidden;
  }
}
