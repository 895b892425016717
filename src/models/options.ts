/** What every network for images takes. */
export interface ModelOptions {
  /** How many numbers come out; default 1000, ImageNet's classes, unless the network says otherwise. */
  numClasses?: number;
  /** Channels of the images; default 3. */
  inChannels?: number;
}
