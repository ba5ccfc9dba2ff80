// Follows a download of many reports while it is built, then shows the finished page.
"use strict";

(() => {
  const box = document.querySelector("[data-bulk]");

  const look = async () => {
    try {
      const response = await fetch(box.dataset.bulk, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-bulk]");
      if (!["waiting", "building"].includes(fresh.dataset.state)) return window.location.assign(box.dataset.bulk);
      box.querySelector("[data-label]").textContent = fresh.querySelector("[data-label]").textContent;
      box.querySelector("[data-bar]").value = fresh.querySelector("[data-bar]").value;
    } catch {
      // The next look tries again.
    }
    setTimeout(look, 3000);
  };

  setTimeout(look, 1500);
})();
