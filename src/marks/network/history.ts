/** Where a reader has been: back and forward, as in a browser. */
export class History<Spot> {
  private spots: Spot[] = [];
  private at = -1;

  get current(): Spot | undefined {
    return this.spots[this.at];
  }
  get canGoBack(): boolean {
    return this.at > 0;
  }
  get canGoForward(): boolean {
    return this.at < this.spots.length - 1;
  }

  /** Goes on to a new spot; what lay ahead is forgotten. */
  push(spot: Spot): void {
    this.spots = [...this.spots.slice(0, this.at + 1), spot];
    this.at++;
  }
  /** The reader moved within the spot. */
  replace(spot: Spot): void {
    if (this.at < 0) this.push(spot);
    else this.spots[this.at] = spot;
  }
  back(): Spot | undefined {
    if (this.canGoBack) this.at--;
    return this.current;
  }
  forward(): Spot | undefined {
    if (this.canGoForward) this.at++;
    return this.current;
  }
  clear(): void {
    this.spots = [];
    this.at = -1;
  }
}
