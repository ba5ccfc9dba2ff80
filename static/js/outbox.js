// Answers on their way to the server. Shared by the page and the service worker: whoever runs, sends.
// An answer is written to IndexedDB before anything else happens to it and leaves it only when the server has said
// what became of it. Each change has a key of its own, so that sending it twice is the same as sending it once.
"use strict";

(() => {
  const DATABASE = "qms-answers";
  const memory = { entries: new Map(), mirror: new Map(), next: 1 }; // where the browser keeps no database
  const channel = "BroadcastChannel" in self ? new BroadcastChannel("qms-answers") : null;
  let opened = null;

  const newKey = () => {
    if (self.crypto.randomUUID) return self.crypto.randomUUID();
    const bytes = self.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const open = () => {
    opened ||= new Promise((resolve) => {
      if (!self.indexedDB) { resolve(null); return; }
      const request = self.indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("entries", { keyPath: "n", autoIncrement: true });
        request.result.createObjectStore("mirror", { keyPath: "id" });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opened = null; };
        resolve(request.result);
      };
      request.onerror = request.onblocked = () => resolve(null);
    });
    return opened;
  };

  // Runs ``work(entries, mirror)`` in one transaction and waits until the disk has it.
  const inside = async (mode, work) => {
    const database = await open();
    if (!database) return work(null, null);
    const transaction = database.transaction(["entries", "mirror"], mode, { durability: "strict" });
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    const result = await work(transaction.objectStore("entries"), transaction.objectStore("mirror"));
    await finished;
    return result;
  };

  const everyEntry = (store) => (store ? asked(store.getAll()) : [...memory.entries.values()]);
  const putEntry = (store, entry) => {
    if (store) return asked(store.put(entry));
    entry.n ??= memory.next++;
    memory.entries.set(entry.n, entry);
    return entry.n;
  };
  const dropEntry = (store, n) => (store ? asked(store.delete(n)) : memory.entries.delete(n));

  const list = async (person) => {
    const all = await inside("readonly", (entries) => everyEntry(entries));
    return all.filter((entry) => entry.person === person).sort((a, b) => a.n - b.n);
  };

  const sameItem = (a, b) => a.person === b.person && a.address === b.address;

  // Takes a change in. A change of the same item that was never sent is replaced; one under way is followed.
  const add = (change) => inside("readwrite", async (entries) => {
    const earlier = (await everyEntry(entries)).filter((entry) => sameItem(entry, change)).sort((a, b) => a.n - b.n);
    const last = earlier.at(-1);
    const entry = { ...change, key: newKey(), at: Date.now(), tried: false };
    if (last?.conflict) entry.base = last.conflict.version;
    else if (last) entry.base = last.base;
    if (last && (!last.tried || last.conflict || last.fault)) entry.n = last.n;
    await putEntry(entries, entry);
    return entry;
  });

  const drop = (n) => inside("readwrite", (entries) => dropEntry(entries, n));

  const change = (n, values) => inside("readwrite", async (entries) => {
    const entry = (await everyEntry(entries)).find((one) => one.n === n);
    if (entry) await putEntry(entries, Object.assign(entry, values));
    return entry;
  });

  const mirrorId = (entry) => `${entry.person} ${entry.address}`;

  // The server has the answer: it leaves, and what follows it stands on the new version.
  const settled = (entry, version) => inside("readwrite", async (entries, mirror) => {
    for (const later of await everyEntry(entries)) {
      if (sameItem(later, entry) && later.n > entry.n) await putEntry(entries, { ...later, base: version });
    }
    await dropEntry(entries, entry.n);
    const kept = { id: mirrorId(entry), person: entry.person, fields: entry.fields, version, at: Date.now() };
    if (mirror) await asked(mirror.put(kept));
    else memory.mirror.set(kept.id, kept);
  });

  // The latest thing the author meant stays, beside what stands on the server.
  const stuck = (entry, values) => inside("readwrite", async (entries) => {
    const later = (await everyEntry(entries)).filter((one) => sameItem(one, entry) && one.n > entry.n);
    const last = later.sort((a, b) => a.n - b.n).at(-1);
    for (const one of later) await dropEntry(entries, one.n);
    const merged = { ...entry, ...values, fields: last ? last.fields : entry.fields };
    await putEntry(entries, merged);
    return merged;
  });

  const mirrored = async (person) => {
    const all = await inside("readonly", (_entries, mirror) => (
      mirror ? asked(mirror.getAll()) : [...memory.mirror.values()]
    ));
    return new Map(all.filter((one) => one.person === person).map((one) => [one.id, one]));
  };

  const bodyOf = (entry, token) => {
    const body = new URLSearchParams();
    const named = (name) => `${entry.item}-${name}`;
    for (const [name, value] of Object.entries(entry.fields)) {
      for (const one of [value].flat()) body.append(named(name), one);
    }
    if (entry.base !== null) body.set(named("version"), entry.base);
    body.set(named("key"), entry.key);
    body.set("csrfmiddlewaretoken", token);
    return body;
  };

  const freshToken = async (person) => {
    const response = await fetch("/answers/token/", { credentials: "same-origin", redirect: "manual" });
    if (!response.ok) return null;
    const said = await response.json();
    return said.person === person ? said.token : null;
  };

  const post = (entry, token) => fetch(entry.address, {
    method: "POST",
    body: bodyOf(entry, token),
    credentials: "same-origin",
    redirect: "manual",
    headers: { "X-CSRFToken": token },
  });

  const tell = (message) => {
    for (const listener of listeners) listener(message);
    channel?.postMessage(message);
  };
  const listeners = new Set();
  if (channel) channel.onmessage = (event) => { for (const listener of listeners) listener(event.data); };

  // What the server's word means for one entry. Returns false when nothing more can be sent now.
  const heard = async (entry, response) => {
    if (response.status === 200) {
      const answer = await response.json();
      await settled(entry, answer.version);
      tell({ type: "saved", entry, answer });
    } else if (response.status === 409) {
      const conflict = await response.json();
      tell({ type: "conflict", entry: await stuck(entry, { conflict }), answer: conflict });
    } else if (response.status === 422 || response.status === 410) {
      const answer = await response.json();
      tell({ type: "refused", entry: await stuck(entry, { fault: answer.message }), answer });
    } else if (response.status === 404) {
      tell({ type: "refused", entry: await stuck(entry, { fault: "gone" }), answer: {} });
    } else {
      return false;
    }
    return true;
  };

  const sendOne = async (waiting, person, tokens) => {
    // Read again while it is marked as under way: a change made this instant has either replaced it or follows it.
    const entry = await change(waiting.n, { tried: true });
    if (!entry) return "sent";
    let response = await post(entry, tokens.current);
    if (response.status === 403 && !tokens.renewed) {
      tokens.renewed = true;
      tokens.current = await freshToken(person);
      if (!tokens.current) return "signed-out";
      response = await post(entry, tokens.current);
    }
    if (response.type === "opaqueredirect" || response.status === 403 || response.status === 401) return "signed-out";
    return (await heard(entry, response)) ? "sent" : "waiting";
  };

  const due = async (person) => {
    const blocked = new Set();
    return (await list(person)).find((entry) => {
      const free = !entry.conflict && !entry.fault && !blocked.has(entry.address);
      if (!free) blocked.add(entry.address);
      return free && !(entry.holdUntil > Date.now());
    });
  };

  const sendAll = async (person, token) => {
    const tokens = { current: token || await freshToken(person), renewed: !token };
    if (!tokens.current) return "signed-out";
    for (let entry = await due(person); entry; entry = await due(person)) {
      const outcome = await sendOne(entry, person, tokens);
      if (outcome !== "sent") return outcome;
    }
    return "done";
  };

  // Sends what waits, oldest first. "done", "waiting" (no network, or the server is not well) or "signed-out".
  const flush = async (person, token) => {
    const work = async () => {
      try {
        return await sendAll(person, token);
      } catch {
        return "waiting";
      }
    };
    return self.navigator.locks ? self.navigator.locks.request("qms-outbox", work) : work();
  };

  const people = async () => {
    const all = await inside("readonly", (entries) => everyEntry(entries));
    return [...new Set(all.map((entry) => entry.person))];
  };

  // Signing out: nothing of this person stays on the device.
  const forget = (person) => inside("readwrite", async (entries, mirror) => {
    for (const entry of await everyEntry(entries)) if (entry.person === person) await dropEntry(entries, entry.n);
    const copies = mirror ? await asked(mirror.getAll()) : [...memory.mirror.values()];
    for (const copy of copies) {
      if (copy.person !== person) continue;
      if (mirror) await asked(mirror.delete(copy.id));
      else memory.mirror.delete(copy.id);
    }
  });

  self.Outbox = { add, change, drop, flush, forget, list, listeners, mirrored, mirrorId, open, people };
})();
