{% load static %}// Keeps the questionnaire's pages for hours without a network, sends what waits, and forgets on sign-out.
"use strict";

importScripts("{% static 'js/outbox.js' %}");

const STATIC = "qms-static", PAGES = "qms-pages", MARK = "/offline/mark";
const PARTS = [
  "{% static 'vendor/bootstrap.min.css' %}", "{% static 'css/site.css' %}", "{% static 'css/questionnaire.css' %}",
  "{% static 'js/outbox.js' %}", "{% static 'js/mirror.js' %}", "{% static 'js/questionnaire.js' %}",
  "{% static 'js/review.js' %}", "{% static 'img/mark.svg' %}", "{% url 'offline' %}",
];
const KEPT = /^\/assessments\/[0-9a-f-]{36}\/(parts\/[-\w]+|review)\/$/;
const PATIENCE = 4000, FRESH = 6 * 3600 * 1000, OLDEST = 30 * 24 * 3600 * 1000;

const after = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(STATIC);
    await cache.addAll(PARTS.map((part) => new Request(part, { cache: "no-cache" })));
    await self.skipWaiting();
  })());
});

// Every kept page goes; the mark stays, for it says whose answers may still wait on this device.
const forgetPages = async () => {
  const cache = await caches.open(PAGES);
  for (const key of await cache.keys()) if (new URL(key.url).pathname !== MARK) await cache.delete(key);
};

// A new release: its pages name new files, so what was kept of the old ones goes.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(STATIC);
    for (const request of await cache.keys()) {
      if (!PARTS.includes(new URL(request.url).pathname)) await cache.delete(request);
    }
    await forgetPages();
    await self.clients.claim();
  })());
});

// One round of keeping at a time: two would each throw away what the other had fetched.
let keeping = Promise.resolve();

const whose = async () => {
  const mark = await (await caches.open(PAGES)).match(MARK);
  return mark ? mark.json() : null;
};

const keep = async ({ pages, person, language }) => {
  const mark = await whose();
  const fits = mark && mark.person === person && mark.language === language && Date.now() - mark.at < FRESH;
  if (!fits) await caches.delete(PAGES);
  const cache = await caches.open(PAGES);
  if (!fits) await cache.put(MARK, Response.json({ person, language, at: Date.now() }));
  for (const page of pages) {
    if (!KEPT.test(page) || await cache.match(page)) continue;
    const response = await fetch(page, { credentials: "same-origin", redirect: "manual" });
    if (response.ok) await cache.put(page, response);
  }
};

const forget = async () => {
  const mark = await whose();
  await caches.delete(PAGES);
  if (mark) await Outbox.forget(mark.person);
};

const fromNetwork = async (request, path) => {
  const response = await fetch(request);
  if (response.ok && !response.redirected && KEPT.test(path)) {
    await (await caches.open(PAGES)).put(path, response.clone());
  } else if (response.status === 404 && KEPT.test(path)) {
    await (await caches.open(PAGES)).delete(path);
  }
  return response;
};

const fromDevice = async (path) => {
  const mark = await whose();
  if (!mark || Date.now() - mark.at > OLDEST) return undefined;
  return (await caches.open(PAGES)).match(path);
};

// The network first; a kept page when the network fails or is too slow; else the page that explains.
const page = async (event, path) => {
  const fresh = fromNetwork(event.request, path);
  event.waitUntil(fresh.catch(() => {}));
  const kept = await fromDevice(path);
  try {
    if (!kept) return await fresh;
    return await Promise.race([fresh, after(PATIENCE).then(() => kept)]);
  } catch {
    return kept || (await caches.open(STATIC)).match("{% url 'offline' %}");
  }
};

// What waits is sent before the session ends; afterwards nothing of the person stays here.
const signOut = async (request) => {
  const mark = await whose();
  if (mark) await Promise.race([Outbox.flush(mark.person), after(PATIENCE)]);
  const response = await fetch(request);
  await forget();
  return response;
};

const account = async (request) => {
  const response = await fetch(request);
  await forgetPages();
  return response;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === "{% url 'account_logout' %}") event.respondWith(signOut(request));
  else if (request.method === "POST" && pathname.startsWith("/accounts/")) event.respondWith(account(request));
  else if (request.method !== "GET") return;
  else if (PARTS.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate") event.respondWith(page(event, pathname));
});

self.addEventListener("message", (event) => {
  if (event.data?.type !== "keep") return;
  keeping = keeping.then(() => keep(event.data)).catch(() => {});
  event.waitUntil(keeping);
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "answers") return;
  event.waitUntil((async () => {
    for (const person of await Outbox.people()) {
      if (await Outbox.flush(person) === "waiting") throw new Error("still waiting");
    }
  })());
});
