// Leaves only the entries of the contents that hold every word.
(() => {
  const form = document.querySelector("#search");
  const input = document.querySelector("#words");
  const status = document.querySelector("#found");
  const sections = [...document.querySelectorAll(".entries")].map((section) => ({
    section,
    entries: [...section.querySelectorAll("li")].map((entry) => ({
      entry,
      text: entry.textContent.toLowerCase(),
    })),
  }));

  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { section, entries } of sections) {
      for (const { entry, text } of entries) {
        entry.hidden = !words.every((word) => text.includes(word));
        if (!entry.hidden) found++;
      }
      section.hidden = entries.every(({ entry }) => entry.hidden);
    }
    status.textContent = words.length === 0
      ? ""
      : found === 0
      ? "Nothing holds all of these words."
      : `${found} found`;
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", search);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
})();
