// A file of the reader's as pixels; it stays on his machine.
"use strict";
(() => {
  const MOST_BYTES = 50 * 2 ** 20;
  const MOST_PIXELS = 60e6;

  /** Red, green and blue of a file; rejects with a sentence when it is no image that can be used. */
  live.decodeImage = async (file) => {
    if (file.size > MOST_BYTES) {
      throw new Error(`${file.name} has ${Math.round(file.size / 2 ** 20)} MiB; 50 are the most.`);
    }
    const address = URL.createObjectURL(file);
    try {
      const picture = new Image();
      picture.src = address;
      await picture.decode().catch(() => {
        throw new Error(`${file.name} is not an image that this browser can read.`);
      });
      const { naturalWidth: width, naturalHeight: height } = picture;
      if (!(width > 0 && height > 0)) throw new Error(`${file.name} does not say how large it is.`);
      if (width * height > MOST_PIXELS) {
        throw new Error(`${file.name} has ${width} × ${height} pixels; 60 million are the most.`);
      }
      return pixelsOf(picture, width, height);
    } finally {
      URL.revokeObjectURL(address);
    }
  };

  function pixelsOf(picture, width, height) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    // What shines through becomes white.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.drawImage(picture, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const rgb = new Uint8Array(3 * width * height);
    for (let from = 0, to = 0; from < data.length; from += 4) {
      rgb[to++] = data[from];
      rgb[to++] = data[from + 1];
      rgb[to++] = data[from + 2];
    }
    return { width, height, channels: 3, data: rgb };
  }
})();
