// Saves each answer as it is given and says where it is. Without this file the page saves by its buttons.
"use strict";

(() => {
  const form = document.querySelector("[data-questionnaire]");
  if (!form) return;
  const text = form.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const waiting = new Map(); // item code -> true while an answer of it is not on the server
  const RETRY_FIRST = 1000;
  const RETRY_LAST = 30000;

  const say = (item, kind, message) => {
    const line = item.querySelector("[data-state]");
    line.className = `save-state small ${kind}`;
    line.textContent = message;
  };

  const bodyOf = (item) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    for (const field of item.querySelectorAll("input")) {
      if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
      body.append(field.name, field.value);
    }
    return body;
  };

  const show = (codes) => {
    for (const item of form.querySelectorAll("[data-item]")) item.hidden = !codes.includes(item.dataset.item);
  };

  const progress = (answer) => {
    document.querySelector("[data-progress]").max = answer.asked;
    document.querySelector("[data-progress]").value = answer.answered;
    document.querySelector("[data-answered]").textContent = answer.answered;
    document.querySelector("[data-asked]").textContent = answer.asked;
    document.querySelector("[data-minutes]").textContent = text.textMinutes.replace("{n}", answer.minutes_left);
    for (const [code, [answered, asked]] of Object.entries(answer.parts)) {
      const link = document.querySelector(`[data-part="${code}"]`);
      link.classList.toggle("done", answered === asked);
      link.querySelector(".count").textContent = `${answered}/${asked}`;
    }
    show(answer.shown);
  };

  const settle = (item, answer) => {
    waiting.delete(item.dataset.item);
    if (answer.version) item.querySelector("[data-version]").value = answer.version;
    if (answer.state !== "saved") return say(item, "waiting", answer.message);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    say(item, "saved", `✓ ${text.textSaved} ${time}`);
    progress(answer);
  };

  const send = async (item) => {
    const response = await fetch(item.dataset.save, {
      method: "POST", body: bodyOf(item), credentials: "same-origin", redirect: "manual", keepalive: true,
    });
    if (response.type === "opaqueredirect" || response.status === 403) {
      return say(item, "waiting", text.textSignedOut);
    }
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    settle(item, await response.json());
  };

  // One save of an item at a time: a change made meanwhile is sent when the one under way has settled.
  const save = async (item) => {
    if (item.busy) { item.again = true; return; }
    item.busy = true;
    waiting.set(item.dataset.item, true);
    let pause = RETRY_FIRST;
    do {
      item.again = false;
      say(item, "", text.textSaving);
      try {
        await send(item);
        pause = RETRY_FIRST;
      } catch {
        say(item, "waiting", text.textWaiting);
        await new Promise((resolve) => { setTimeout(resolve, pause); });
        pause = Math.min(pause * 2, RETRY_LAST);
        item.again = true;
      }
    } while (item.again);
    item.busy = false;
  };

  form.addEventListener("change", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item) return;
    // Typing a number takes back a "don't know" chosen before.
    if (event.target.type === "text" && event.target.value && event.target.closest(".number-answer")) {
      for (const state of item.querySelectorAll(".state input")) state.checked = false;
    }
    save(item);
  });

  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  form.addEventListener("submit", () => waiting.clear());

  for (const item of form.querySelectorAll('[data-shown="no"]')) item.hidden = true;
  for (const line of form.querySelectorAll(".condition")) line.hidden = true;
})();
