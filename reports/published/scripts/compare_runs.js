// Lays two runs side by side. Each run is a script, which a page may load even from a file.
(() => {
  const NONE = "–";
  const runs = new Map();
  globalThis.harnessRuns = { add: (slug, run) => runs.set(slug, run) };

  const section = document.querySelector("#choose");
  const out = document.querySelector("#comparison");
  const [first, second] = section.querySelectorAll("select");
  if (first.options.length < 2) return;

  section.hidden = false;
  const wanted = new URLSearchParams(location.search);
  first.value = known(first, wanted.get("a")) ?? first.value;
  second.value = known(second, wanted.get("b")) ?? second.value;
  first.addEventListener("change", show);
  second.addEventListener("change", show);
  show();

  function known(select, value) {
    return [...select.options].some((option) => option.value === value) ? value : undefined;
  }

  async function show() {
    const slugs = [first.value, second.value];
    try {
      await Promise.all(slugs.map(load));
    } catch (error) {
      out.textContent = error.message;
      return;
    }
    if (slugs[0] !== first.value || slugs[1] !== second.value) return;
    const pair = slugs.map((slug) => runs.get(slug));
    out.replaceChildren(facts(pair), checks(pair), numbers(pair));
  }

  function load(slug) {
    if (runs.has(slug)) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers();
    const script = document.createElement("script");
    script.src = `runs/${slug}/values.js`;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${script.src} cannot be loaded`)));
    document.head.append(script);
    return promise;
  }

  function facts([a, b]) {
    const rows = a.facts.map(([name, value], at) => [name, value, b.facts[at][1]]);
    return table("What set them apart", ["What", "First", "Second"], rows, ([, x, y]) => x !== y);
  }

  function checks([a, b]) {
    const text = ([, verdict, estimate, interval]) => `${verdict}: ${estimate} (${interval})`;
    const rows = joined(a.checks, b.checks).map(([name, x, y]) => ({
      cells: [name, x ? text(x) : NONE, y ? text(y) : NONE],
      differs: Boolean(x && y && x[1] !== y[1]),
    }));
    return table(
      "Checks; marked where the verdicts differ",
      ["Check", "First", "Second"],
      rows.map(({ cells }) => cells),
      (_, at) => rows[at].differs,
    );
  }

  function numbers([a, b]) {
    const rows = joined(a.measured, b.measured).map(([name, x, y]) => [
      name,
      x ? x[2] : NONE,
      y ? y[2] : NONE,
      x && y ? difference(x[1], y[1]) : NONE,
    ]);
    const caption = a.measure === b.measure ? a.measure : `${a.measure}; ${b.measure}`;
    return table(
      `Numbers: ${caption}`,
      ["Where", "First", "Second", "Relative difference"],
      rows,
      () => false,
    );
  }

  function difference(x, y) {
    return x === y ? "0" : (Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y))).toPrecision(2);
  }

  /** Entries of both lists by their names: name, first, second. */
  function joined(a, b) {
    const [x, y] = [a, b].map((list) => new Map(list.map((entry) => [entry[0], entry])));
    return [...new Set([...x.keys(), ...y.keys()])].map((name) => [name, x.get(name), y.get(name)]);
  }

  function table(caption, header, rows, isMarked) {
    const element = document.createElement("table");
    element.className = "side";
    element.createCaption().textContent = caption;
    const head = element.createTHead().insertRow();
    for (const text of header) head.append(cell("th", text, "col"));
    const body = element.createTBody();
    rows.forEach((row, at) => {
      const line = body.insertRow();
      line.append(cell("th", row[0], "row"), ...row.slice(1).map((text) => cell("td", text)));
      if (isMarked(row, at)) line.className = "differs";
    });
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", caption);
    scroll.append(element);
    return scroll;
  }

  function cell(tag, text, scope) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (scope) element.scope = scope;
    return element;
  }
})();
