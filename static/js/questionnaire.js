// Keeps each answer as it is given, first on the device and then on the server, and always says where it is.
// Without this file the page saves by its buttons.
"use strict";

(() => {
  const form = document.querySelector("[data-questionnaire]");
  if (!form || !self.Outbox || !self.Mirror) return;
  const text = form.dataset;
  const { person, assessment } = text;
  const part = text.part;
  const plan = JSON.parse(text.mirror);
  const answers = { ...plan.answers };
  const RETRY_FIRST = 1000, RETRY_LAST = 30000, HOLD = 4000, TYPING_PAUSE = 250, PRESENCE_EVERY = 20000, HURRY = 4000;
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const all = (selector, inside = form) => [...inside.querySelectorAll(selector)];
  const items = new Map(all("[data-item]").map((item) => [item.dataset.item, item]));
  let pause = RETRY_FIRST, retry = null, state = "done";

  const time = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  const say = (item, kind, message) => {
    const line = item.querySelector("[data-state]");
    line.className = `save-state small ${kind}`.trim();
    line.textContent = message;
  };

  // --- What stands on the page ---

  const fieldsOf = (item) => {
    const code = item.dataset.item;
    const fields = {};
    for (const input of all("input", item)) {
      const name = input.name.startsWith(`${code}-`) ? input.name.slice(code.length + 1) : "";
      if (!["choice", "number", "ticks", "reason", "confirm"].includes(name)) continue;
      if ((input.type === "radio" || input.type === "checkbox") && !input.checked) continue;
      if (name === "ticks") fields.ticks = [...(fields.ticks || []), input.value];
      else fields[name] = input.value;
    }
    return fields;
  };

  const writtenOf = (item, fields) => {
    if (["DK", "NA", "DECLINE"].includes(fields.choice)) return fields.choice;
    if (item.querySelector(".number-answer")) return (fields.number || "").normalize("NFKC").trim().replace("。", ".");
    return fields.ticks ? fields.ticks.join(";") : fields.choice || "";
  };

  const fieldsFrom = (item, written, reason) => {
    const fields = { reason };
    if (["DK", "NA", "DECLINE"].includes(written)) fields.choice = written;
    else if (item.querySelector(".number-answer")) fields.number = written;
    else if (item.querySelector("input[type=checkbox][name$='-ticks']")) fields.ticks = written ? written.split(";") : [];
    else fields.choice = written;
    return fields;
  };

  const show = (item, fields) => {
    const code = item.dataset.item;
    for (const input of all("input", item)) {
      const name = input.name.slice(code.length + 1);
      if (name === "choice") input.checked = input.value === fields.choice;
      else if (name === "ticks") input.checked = (fields.ticks || []).includes(input.value);
      else if (name === "number" || name === "reason") input.value = fields[name] || "";
    }
    note(item, fields);
  };

  const note = (item, fields) => {
    const written = writtenOf(item, fields);
    if (written) answers[item.dataset.item] = written;
    else delete answers[item.dataset.item];
    item.querySelector("[data-carried]")?.toggleAttribute("hidden", Boolean(item.dataset.touched));
  };

  const draw = (counted = self.Mirror.progress(plan, answers)) => {
    const line = document.querySelector("[data-progress]");
    line.max = counted.asked;
    line.value = counted.answered;
    document.querySelector("[data-answered]").textContent = counted.answered;
    document.querySelector("[data-asked]").textContent = counted.asked;
    document.querySelector("[data-minutes]").textContent = text.textMinutes.replace("{n}", counted.minutes_left);
    for (const [code, [answered, asked]] of Object.entries(counted.parts)) {
      const link = document.querySelector(`[data-part-link="${code}"]`);
      link.classList.toggle("done", answered === asked);
      link.querySelector(".count").textContent = `${answered}/${asked}`;
    }
    const hidden = counted.shown ? null : counted.hidden;
    for (const [code, item] of items) item.hidden = hidden ? hidden.has(code) : !counted.shown.includes(code);
  };

  // --- Where the answers are ---

  const drawState = async () => {
    const waiting = (await Outbox.list(person)).filter((entry) => entry.address.includes(assessment));
    const open = waiting.filter((entry) => !entry.conflict && !entry.fault);
    const bar = document.querySelector("[data-sync]");
    bar.classList.toggle("waiting", waiting.length > open.length || (open.length > 0 && state !== "done"));
    if (state === "signed-out" && open.length) bar.textContent = text.textSignedOut.replace("{n}", open.length);
    else if (open.length) bar.textContent = text.textHere.replace("{n}", open.length);
    else if (waiting.length) bar.textContent = text.textChoose.replace("{n}", waiting.length);
    else bar.textContent = text.textAllSaved;
    for (const entry of open) {
      const item = itemOf(entry);
      if (item && state !== "done") say(item, "here", `${text.textSavedHere} ${item.dataset.time || time()}`);
    }
  };

  const itemOf = (entry) => (entry.address.includes(assessment) ? items.get(entry.item) : undefined);

  const versionOf = (item) => Number(item.querySelector("[data-version]").value || 0);

  // The page's own fields follow, so that its buttons do not find an old version to quarrel about.
  const stand = (item, version, written, reason) => {
    item.querySelector("[data-version]").value = version;
    item.querySelector("[data-was]").value = `${written} ${reason || ""}`.trim();
  };

  const onSaved = async ({ entry, answer }) => {
    const item = itemOf(entry);
    if (!item) return;
    item.dataset.touched = "yes";
    stand(item, answer.version, writtenOf(item, entry.fields), entry.fields.choice === "NA" ? entry.fields.reason : "");
    clearConflict(item);
    item.querySelector("[data-carried]")?.setAttribute("hidden", "");
    const waiting = (await Outbox.list(person)).filter((one) => one.address.includes(assessment));
    if (!waiting.some((one) => one.address === entry.address)) say(item, "saved", `✓ ${text.textSaved} ${time()}`);
    if (!waiting.length && answer.shown) draw(answer);
    if (answer.here) drawPresence(answer.here);
  };

  const clearConflict = (item) => item.querySelector("[data-conflict]")?.remove();

  const onConflict = ({ entry }) => {
    const item = itemOf(entry);
    if (!item) return;
    clearConflict(item);
    const panel = document.querySelector("[data-conflict-panel]").content.firstElementChild.cloneNode(true);
    panel.querySelector("[data-message]").textContent = entry.conflict.message;
    panel.querySelector("[data-theirs]").textContent = text.textTheirs.replace("{answer}", entry.conflict.theirs);
    panel.querySelector("[data-yours]").textContent = text.textYours.replace("{answer}", entry.conflict.yours);
    panel.querySelector("[data-theirs]").addEventListener("click", () => takeTheirs(item, entry));
    panel.querySelector("[data-yours]").addEventListener("click", () => keep(item, { fields: entry.fields }));
    say(item, "waiting", "");
    item.querySelector("[data-state]").before(panel);
  };

  const takeTheirs = async (item, entry) => {
    await Outbox.drop(entry.n);
    show(item, fieldsFrom(item, entry.conflict.written, entry.conflict.reason));
    stand(item, entry.conflict.version, entry.conflict.written, entry.conflict.reason);
    clearConflict(item);
    say(item, "saved", `✓ ${text.textSaved} ${time()}`);
    draw();
    drawState();
    item.querySelector("input:checked, input")?.focus();
  };

  const onRefused = ({ entry }) => {
    const item = itemOf(entry);
    if (item) say(item, "waiting", entry.fault === "gone" ? text.textGone : entry.fault);
  };

  const hear = (message) => {
    if (message.entry.person !== person) return;
    ({ saved: onSaved, conflict: onConflict, refused: onRefused })[message.type](message);
  };
  Outbox.listeners.add(hear);

  // --- Keeping and sending ---

  const keep = async (item, { fields = fieldsOf(item), hold = 0 } = {}) => {
    item.dataset.touched = "yes";
    item.dataset.time = time();
    note(item, fields);
    draw();
    const entry = { person, item: item.dataset.item, address: item.dataset.save, fields, base: versionOf(item) };
    if (hold) entry.holdUntil = Date.now() + hold;
    if (!hold) say(item, "", text.textSaving);
    await Outbox.add(entry);
    if (hold) { setTimeout(send, hold + TYPING_PAUSE); return; }
    clearConflict(item);
    await send();
  };

  const send = async () => {
    clearTimeout(retry);
    state = await Outbox.flush(person, token());
    await drawState();
    if (state !== "waiting") { pause = RETRY_FIRST; return; }
    askForSync();
    retry = setTimeout(send, pause);
    pause = Math.min(pause * 2, RETRY_LAST);
  };

  // Where the browser can, it sends what is left once the network is back, even when this page is closed by then.
  const askForSync = async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register("answers").catch(() => {});
  };

  const hurry = () => { pause = RETRY_FIRST; send(); };

  let typing = null;
  form.addEventListener("input", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || event.target.type !== "text") return;
    // Typing a number takes back a "don't know" chosen before.
    if (event.target.value && event.target.closest(".number-answer")) {
      for (const choice of all(".state input", item)) choice.checked = false;
    }
    clearTimeout(typing);
    typing = setTimeout(() => keep(item, { hold: HOLD }), TYPING_PAUSE);
  });

  form.addEventListener("change", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item) return;
    clearTimeout(typing);
    keep(item);
  });

  // --- Leaving the page: by the time it goes, everything is in the device's database ---

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const go = event.submitter?.value || "next";
    const item = document.activeElement?.closest?.("[data-item]");
    if (item && document.activeElement.type === "text") await Promise.race([keep(item), after(HURRY)]);
    const still = (await Outbox.list(person)).some((entry) => !entry.conflict && !entry.fault);
    if (still && navigator.onLine) await Promise.race([send(), after(HURRY)]);
    location.assign({ next: text.next, back: text.back, later: text.later }[go] || text.next);
  });

  const after = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

  const release = async () => {
    const held = (await Outbox.list(person)).filter((entry) => entry.holdUntil);
    for (const entry of held) await Outbox.change(entry.n, { holdUntil: 0 });
    if (held.length) send();
  };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") release(); });
  window.addEventListener("pagehide", release);
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") hurry(); });

  document.querySelector("form[action*='/logout/']")?.addEventListener("submit", async (event) => {
    if (event.target.dataset.sure) return;
    event.preventDefault();
    await Promise.race([send(), after(HURRY)]);
    const left = (await Outbox.list(person)).length;
    if (left && !window.confirm(text.textSignOut.replace("{n}", left))) return;
    event.target.dataset.sure = "yes";
    await Outbox.forget(person);
    event.target.submit();
  });

  // --- Who else is here ---

  const drawPresence = (here) => {
    const line = document.querySelector("[data-here]");
    line.textContent = here.join(" · ");
    line.hidden = !here.length;
  };

  const follow = async (standing) => {
    const waiting = new Set((await Outbox.list(person)).map((entry) => entry.address));
    for (const [code, row] of Object.entries(standing)) {
      const item = items.get(code);
      if (!item || waiting.has(item.dataset.save) || item.contains(document.activeElement)) continue;
      if (row.version <= versionOf(item)) continue;
      show(item, fieldsFrom(item, row.written, row.reason));
      stand(item, row.version, row.written, row.reason);
      say(item, "", text.textChanged.replace("{who}", row.who));
    }
    draw();
  };

  const look = async () => {
    if (document.visibilityState === "hidden" || !navigator.onLine) return;
    const item = document.activeElement?.closest?.("[data-item]")?.dataset.item || "";
    const body = new URLSearchParams({ part, item, csrfmiddlewaretoken: token() });
    try {
      const response = await fetch(text.presence, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      if (!response.ok) return;
      const said = await response.json();
      drawPresence(said.here);
      await follow(said.answers);
    } catch {
      // Without a network nobody is seen; saving says so already.
    }
  };

  // --- Keeping pages for later, without a network ---

  const keepPages = () => {
    const pages = all("[data-keep]", document).map((link) => new URL(link.href).pathname);
    navigator.serviceWorker.controller?.postMessage({ type: "keep", pages, person, language: document.documentElement.lang });
  };

  const settle = () => {
    setTimeout(look, 1500);
    setInterval(look, PRESENCE_EVERY);
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/service-worker.js").then(keepPages).catch(() => {});
    navigator.serviceWorker.addEventListener("controllerchange", keepPages);
    navigator.storage?.persist?.();
  };

  // A page from the device's memory may be older than what was saved since: what is known better is drawn over it.
  const catchUp = async () => {
    const known = await Outbox.mirrored(person);
    for (const item of items.values()) {
      const copy = known.get(Outbox.mirrorId({ person, address: item.dataset.save }));
      if (copy && copy.version > versionOf(item)) {
        show(item, copy.fields);
        stand(item, copy.version, writtenOf(item, copy.fields), copy.fields.reason);
      }
    }
    for (const entry of await Outbox.list(person)) await recall(entry);
    draw();
    await send();
  };

  const recall = async (entry) => {
    const code = entry.item;
    if (!entry.address.includes(assessment)) return;
    const item = items.get(code);
    if (!item) {
      const written = entry.fields.choice || entry.fields.number || (entry.fields.ticks || []).join(";");
      if (written) answers[code] = written;
      return;
    }
    show(item, entry.fields);
    if (entry.holdUntil) await Outbox.change(entry.n, { holdUntil: 0 });
    if (entry.conflict) onConflict({ entry });
    else if (entry.fault) onRefused({ entry });
    else say(item, "here", text.textSavedHere);
  };

  for (const item of all('[data-shown="no"]')) item.hidden = true;
  for (const line of all(".condition")) line.hidden = true;
  catchUp();
  if (document.readyState === "complete") settle();
  else window.addEventListener("load", settle);
})();
