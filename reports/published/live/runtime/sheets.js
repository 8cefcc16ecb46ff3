// Scoring sheets as parts of the page.
"use strict";
(() => {
  /** Side of the drawn pictures, in pixels. */
  const SIDE = 224;

  /** An element with attributes and children; texts are never read as HTML. */
  live.element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const { element } = live;

  /** A number to so many places, with a true minus sign. */
  live.places = (value, places) => value.toFixed(places).replace("-", "−");

  /** A number to three places that carries its full value. */
  const number = (value) => element("data", { value: String(value) }, live.places(value, 3));

  /** Draws RGB pixels, enlarged, with a frame around a box. */
  live.picture = (data, label, box) => {
    const { size } = live.numbers.input;
    const pixels = new ImageData(size, size);
    for (let from = 0, to = 0; from < data.length; to += 4) {
      pixels.data[to] = data[from++];
      pixels.data[to + 1] = data[from++];
      pixels.data[to + 2] = data[from++];
      pixels.data[to + 3] = 255;
    }
    const small = document.createElement("canvas");
    [small.width, small.height] = [size, size];
    small.getContext("2d").putImageData(pixels, 0, 0);
    const canvas = element("canvas", {
      role: "img",
      "aria-label": label,
      width: SIDE,
      height: SIDE,
    });
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, 0, SIDE, SIDE);
    if (box) frame(context, box, SIDE / size);
    return canvas;
  };

  function frame(context, { left, top, right, bottom }, scale) {
    for (const [width, colour] of [[7, "#000a"], [4, "#ffdd00"]]) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.strokeRect(
        left * scale + 3.5,
        top * scale + 3.5,
        Math.max(1, (right - left) * scale - 7),
        Math.max(1, (bottom - top) * scale - 7),
      );
    }
  }

  function rowOf({ prototype, similarity, weight, points, box, heat }, image) {
    const source = `pictures/prototype-${prototype}.png`;
    const origin = `Training image ${live.numbers.prototypes[prototype]}, framed`;
    const { left, top, right, bottom } = box;
    const place = `pixels ${left} to ${right - 1} across, ${top} to ${bottom - 1} down`;
    return element(
      "tr",
      { "data-prototype": prototype, "data-box": [left, top, right, bottom].join(" ") },
      element("td", { class: "p" }, live.picture(image.data, `This image, framed: ${place}`, box)),
      element("td", { class: "p" }, live.picture(heat, `Where prototype ${prototype} answers`)),
      element(
        "td",
        { class: "p" },
        element("img", { src: source, alt: origin, width: SIDE, height: SIDE }),
        element("small", {}, `prototype ${prototype}`),
      ),
      element("td", { class: "n" }, number(similarity)),
      element("td", { class: "n times" }, number(weight)),
      element("td", { class: "n equals" }, element("strong", {}, number(points))),
    );
  }

  function headOf() {
    const heads = ["This…", "answers here", "…looks like that"].map((text) =>
      element("th", { scope: "col", class: "p" }, text)
    );
    const numbers = ["Similarity", "× weight", "= points"].map((text) =>
      element("th", { scope: "col", class: "n" }, text)
    );
    return element("thead", {}, element("tr", {}, ...heads, ...numbers));
  }

  /** The sheet of one class: its prototypes, the rest, the sum and the network's own score. */
  live.sheet = ({ label, logit, total, rows, rest }, role, image) => {
    const name = live.numbers.classes[label];
    const line = (text, value, style) =>
      element(
        "tr",
        { class: style },
        element("td", { colspan: 5 }, text),
        element("td", { class: "n" }, number(value)),
      );
    const others = `${rest.prototypes} other prototype${
      rest.prototypes === 1 ? "" : "s"
    }, together`;
    const body = element("tbody", {}, ...rows.map((row) => rowOf(row, image)));
    if (rest.prototypes > 0) body.append(line(others, rest.points, "rest"));
    body.append(line("Sum of all points", total, "total"));
    body.append(line("The network's own score", logit, "own"));
    return element(
      "div",
      { class: "sheet", "data-label": label },
      element(
        "table",
        { class: "points" },
        element("caption", {}, element("strong", {}, name), `, ${role}`),
        headOf(),
        body,
      ),
    );
  };
})();
