/** Images of a data set with what a network says they are. */
import { noGrad } from "./receptive.js";

/** Fills the list with one image of each class; the result's `guess(net, device)` writes the network's words below them. */
export async function showSamples(list, data) {
  const indices = Int32Array.from(data.classes, (_, label) => data.labels.indexOf(label));
  const [images] = await data.batch(indices);
  const guesses = Array.from(indices, (index) => {
    const item = list.appendChild(document.createElement("li"));
    item.append(pictureOf(data, index));
    const guess = item.appendChild(document.createElement("b"));
    guess.textContent = "?";
    item.appendChild(document.createElement("span")).textContent = data.classes[data.labels[index]];
    return { item, guess, label: data.labels[index] };
  });
  return {
    async guess(net, device) {
      const best = noGrad(() => net(images.to(device)).argmax(1));
      for (const [i, label] of (await best.tolist()).entries()) {
        guesses[i].guess.textContent = data.classes[label];
        guesses[i].item.className = label === guesses[i].label ? "right" : "wrong";
      }
    },
  };
}

/** An image's bytes, plane by plane in the data set, pixel by pixel on the canvas. */
function pictureOf(data, index) {
  const [channels, height, width] = data.imageShape;
  const plane = height * width;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let c = 0; c < 3; c++) image.data[pixel * 4 + c] = data.pixels[(index * channels + c) * plane + pixel];
    image.data[pixel * 4 + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}
