// Follows the mails of a campaign while they go out, then shows the finished board.
"use strict";

(() => {
  const box = document.querySelector("[data-mails]");

  const look = async () => {
    try {
      const response = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("[data-mails]");
      if (!found.querySelector("progress")) return window.location.reload();
      box.replaceChildren(...found.childNodes);
    } catch {
      // The next look tries again.
    }
    setTimeout(look, 3000);
  };

  setTimeout(look, 1500);
})();
