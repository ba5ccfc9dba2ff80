// Follows a blue book while it is set: looks at the page every three seconds and shows what has become of it.
"use strict";

(() => {
  const look = async () => {
    try {
      const response = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-book-state]");
      if (!fresh) return window.location.reload();
      document.querySelector("[data-book-state]").textContent = fresh.textContent;
    } catch {
      // The next look tries again.
    }
    setTimeout(look, 3000);
  };

  setTimeout(look, 1500);
})();
