// Follows a report while it is built, then shows the finished page.
"use strict";

(() => {
  const box = document.querySelector("[data-report]");
  const label = box.querySelector("[data-label]");

  const look = async () => {
    try {
      const response = await fetch(box.dataset.status, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) throw new Error(String(response.status));
      const report = await response.json();
      if (!["queued", "building"].includes(report.state)) return window.location.reload();
      label.textContent = report.label;
      for (const step of box.querySelectorAll("[data-step]")) {
        step.classList.toggle("current", step.dataset.step === report.step);
      }
    } catch {
      // The next look tries again.
    }
    setTimeout(look, 700);
  };

  setTimeout(look, 300);
})();
