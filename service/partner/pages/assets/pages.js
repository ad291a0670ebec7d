// Everything works without this: it only adds buttons that copy a link.
"use strict";
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const before = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }
}
