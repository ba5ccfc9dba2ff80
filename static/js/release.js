// Follows a release while it is counted: takes the page anew every two seconds and puts its state in place.
"use strict";

(() => {
  const look = async () => {
    try {
      const response = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const [old, found] = [document, page].map((one) => one.querySelector("[data-progress]"));
      if (!found.querySelector("progress")) return window.location.reload();
      for (const part of ["[role=status]", ".tag"]) {
        old.querySelector(part).textContent = found.querySelector(part).textContent;
      }
      const bar = old.querySelector("progress");
      bar.max = found.querySelector("progress").max;
      bar.value = found.querySelector("progress").value;
    } catch {
      // The next look tries again.
    }
    setTimeout(look, 2000);
  };

  setTimeout(look, 1000);
})();
