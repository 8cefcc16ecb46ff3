// Chooses an image, runs the network and shows why it decides as it does.
"use strict";
(() => {
  const { element, numbers } = live;
  const { images, classes, input } = numbers;
  const at = (id) => document.getElementById(id);
  const area = 3 * input.size ** 2;

  const layer = {
    ...numbers.layer,
    classes: classes.length,
    classOf: Int32Array.from(numbers.layer.classOf),
    vectors: live.floatsOf(numbers.layer.vectors),
    weights: live.floatsOf(numbers.layer.weights),
  };
  let model;
  let pixels;
  let network;

  /** Says one sentence, to screen readers too. */
  const say = (text, isProblem = false) => {
    at("status").textContent = text;
    at("status").className = isProblem ? "bad" : "";
  };

  const given = (index) => ({
    width: input.size,
    height: input.size,
    channels: 3,
    data: pixels.slice(index * area, (index + 1) * area),
  });

  async function ready() {
    const wanted = at("device").value;
    if (network?.wanted === wanted) return network;
    await network?.close();
    network = undefined;
    if (!model) {
      say("Loading the network…");
      [model, pixels] = [await live.unpack("model"), await live.unpack("pixels")];
    }
    say("Starting the runtime…");
    const probe = { input: arithmetic.networkInput(given(0), input), logits: images[0].logits };
    network = { ...await live.openNetwork(wanted, model, probe), wanted };
    at("runs-on").textContent = `Runs on ${network.device}.`;
    return network;
  }

  /** @param chosen The number of a given image, or a file. */
  async function explainChosen(chosen) {
    const { run } = await ready();
    const isGiven = typeof chosen === "number";
    if (!isGiven) say(`Reading ${chosen.name}…`);
    const image = isGiven
      ? given(chosen)
      : arithmetic.fitted(await live.decodeImage(chosen), input);
    const start = performance.now();
    const { logits, maps } = await run(arithmetic.networkInput(image, input));
    if (logits.some((value) => !Number.isFinite(value))) {
      throw new Error("The network gave no numbers here; choose another device.");
    }
    const sheets = arithmetic.explain(layer, maps, logits, image, 2);
    show(isGiven ? images[chosen] : { name: chosen.name }, image, sheets, {
      seconds: (performance.now() - start) / 1000,
      difference: isGiven ? live.largestDifference(logits, images[chosen].logits) : undefined,
    });
  }

  function show({ name, label }, image, sheets, { seconds, difference }) {
    const [first, rival] = sheets;
    const decision = classes[first.label];
    const outcome = label === undefined
      ? []
      : label === first.label
      ? [" ", element("span", { class: "good" }, "✓ right")]
      : [" ", element("span", { class: "bad" }, "✗ wrong"), ` in truth ${classes[label]}`];
    at("decision").replaceChildren(decision, ...outcome);
    at("subject").replaceChildren(
      live.picture(image.data, `The image ${name}`),
      element("figcaption", {}, name, ...(label === undefined ? [] : [`, ${classes[label]}`])),
    );
    at("check").replaceChildren(...checkOf(difference));
    at("sheets").replaceChildren(
      ...sheets.map((sheet, place) =>
        live.sheet(sheet, place === 0 ? "the decision" : "the best rival", image)
      ),
    );
    at("result").hidden = false;
    const against = rival
      ? `; the best rival is ${classes[rival.label]} with ${live.places(rival.logit, 2)}`
      : "";
    say(
      `${name} looks like ${decision}: ${live.places(first.logit, 2)} points${against}. ` +
        `Took ${seconds.toFixed(2)} s.`,
    );
  }

  function checkOf(difference) {
    if (difference === undefined) {
      return [
        "Your image was resized by the same code as in the harness, its aspect not kept; only " +
        "decoding is the browser's own.",
      ];
    }
    const isSame = difference <= live.tolerance;
    return [
      element("span", { class: isSame ? "good" : "bad" }, isSame ? "✓" : "✗"),
      " Largest difference of a logit from the harness: ",
      element("data", { value: String(difference) }, difference.toExponential(1)),
      ` (at most ${live.tolerance} is wanted).`,
    ];
  }

  let waiting;
  let isBusy = false;

  /** One at a time; of those chosen meanwhile only the last. */
  async function choose(chosen) {
    waiting = chosen;
    if (isBusy) return;
    isBusy = true;
    document.body.setAttribute("aria-busy", "true");
    while (waiting !== undefined) {
      const next = waiting;
      waiting = undefined;
      // Lets the page show what was chosen before the network takes the thread.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        await explainChosen(next);
      } catch (error) {
        at("result").hidden = true;
        const text = String(error?.message ?? error).split("\n")[0];
        say(`Nothing could be explained: ${text}`, true);
      }
    }
    document.body.removeAttribute("aria-busy");
    isBusy = false;
  }

  let current;
  const chooseFile = (files) => {
    if (files.length === 0) return;
    for (const radio of document.querySelectorAll("input[name=image]")) radio.checked = false;
    choose(current = files[0]);
  };

  at("images").addEventListener("change", ({ target }) => choose(current = Number(target.value)));
  at("own").addEventListener("change", ({ target }) => chooseFile(target.files));
  at("device").addEventListener("change", () => {
    if (current !== undefined) choose(current);
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    chooseFile(event.dataTransfer.files);
  });

  at("chooser").hidden = false;
  const checked = document.querySelector("input[name=image]:checked");
  if (checked) choose(current = Number(checked.value));
  else say("Choose an image.");
})();
