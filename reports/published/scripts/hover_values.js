// Shows the value of the marker under the pointer at once, where a browser would wait for its title.
(() => {
  const box = document.createElement("div");
  box.className = "value";
  box.setAttribute("aria-hidden", "true");
  box.hidden = true;
  document.body.append(box);
  let held;

  document.addEventListener("pointerover", ({ target }) => {
    const mark = target.closest?.("[data-hover] svg circle, [data-hover] svg path");
    if (!mark) {
      if (held !== target) box.hidden = true;
      return;
    }
    const title = mark.querySelector("title");
    if (title) {
      mark.dataset.value = title.textContent;
      title.remove();
    }
    if (!mark.dataset.value) return;
    held = mark;
    box.textContent = mark.dataset.value;
    box.hidden = false;
    const { left, top, width } = mark.getBoundingClientRect();
    const half = box.offsetWidth / 2;
    const centre = Math.min(Math.max(left + width / 2, half + 4), innerWidth - half - 4);
    box.style.left = `${centre - half + scrollX}px`;
    box.style.top = `${top - box.offsetHeight - 6 + scrollY}px`;
  });
})();
