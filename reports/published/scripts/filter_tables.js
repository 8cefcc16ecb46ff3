// Leaves only the rows of a table that hold every word of a text.
(() => {
  const FEWEST_ROWS = 6;

  let tables = 0;
  for (const table of document.querySelectorAll("table.filterable")) {
    const rows = [...table.tBodies].flatMap((body) =>
      [...body.rows].filter((row) => !row.classList.contains("group")).map((row) => ({
        row,
        text: `${body.querySelector(".group")?.textContent ?? ""} ${row.textContent}`.toLowerCase(),
      }))
    );
    if (rows.length < FEWEST_ROWS) continue;
    const [label, input, status] = ["label", "input", "span"].map((tag) =>
      document.createElement(tag)
    );
    input.type = "search";
    input.id = `filter-${++tables}`;
    label.htmlFor = input.id;
    label.textContent = "Only rows with ";
    status.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "filter";
    line.append(label, input, " ", status);
    (table.closest(".scroll") ?? table).before(line);

    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown++;
      }
      for (const body of table.tBodies) {
        const group = body.querySelector(".group");
        if (group) group.hidden = ![...body.rows].some((row) => row !== group && !row.hidden);
      }
      status.textContent = words.length === 0 ? "" : `${shown} of ${rows.length} rows`;
    });
  }
})();
