// Shows what is being typed as pages, a moment after the last change. Without it the button does the same.
"use strict";

(() => {
  const form = document.querySelector("[data-look]");
  const button = form.querySelector("[data-look-show]");
  let waiting = 0;
  let asked = 0;

  const show = async () => {
    const mine = (asked += 1);
    const old = document.querySelector("[data-look-preview]");
    old.setAttribute("aria-busy", "true");
    try {
      const body = new FormData(form);
      const response = await fetch(button.formAction, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("[data-look-preview]");
      if (mine !== asked || !found) return;
      old.replaceWith(document.adoptNode(found));
    } catch {
      // The next change tries again.
    } finally {
      old.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 800);
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
})();
