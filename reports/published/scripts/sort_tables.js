// Sorts tables by a column: a button in each head, up, down, as it was.
(() => {
  const ORDERS = ["ascending", "descending", "none"];

  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 2) continue;
    const original = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort") ?? "none";
        const order = ORDERS[(ORDERS.indexOf(before) + 1) % ORDERS.length];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (order !== "none") head.setAttribute("aria-sort", order);
        body.append(...sorted(original, column, order));
      });
    });
  }

  function sorted(rows, column, order) {
    if (order === "none") return rows;
    const sign = order === "ascending" ? 1 : -1;
    return [...rows].sort((a, b) => sign * compare(textOf(a, column), textOf(b, column)));
  }

  function textOf(row, column) {
    return row.cells[column].textContent.trim();
  }

  function compare(a, b) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function numberOf(text) {
    return text === "" ? NaN : Number(text.replaceAll(",", "").replace("−", "-").replace("< ", ""));
  }
})();
