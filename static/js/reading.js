// Shows how far a file has been sent, read and computed. Without this script the form is sent as any other.
"use strict";

(() => {
  const PAUSE = 1000;

  const numbered = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  // The answer takes the place of this page without a second request: the server would compute everything anew.
  const show = (request) => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const fresh = page.querySelector("main");
    if (!fresh) return window.location.assign(request.responseURL);
    for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
      if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet);
    }
    document.title = page.title;
    document.querySelector("main").replaceWith(fresh);
    if (request.responseURL !== window.location.href) history.pushState(null, "", request.responseURL);
    window.scrollTo(0, 0);
    fresh.focus();
    begin();
  };

  const follow = (form, button) => {
    const box = form.querySelector("[data-reading]");
    const { sending, reading, computing, lost, progress } = box.dataset;
    const [bar, label] = [box.querySelector("progress"), box.querySelector("[data-label]")];
    const number = numbered();
    const body = new FormData(form, button);
    body.append("progress", number);
    const request = new XMLHttpRequest();
    let timer;

    const say = (words, value) => {
      label.textContent = words;
      if (value === undefined) bar.removeAttribute("value");
      else bar.value = value;
    };
    const look = async () => {
      try {
        const found = await (await fetch(progress.replace("0".repeat(32), number))).json();
        if (found.computing) say(computing);
        else say(reading.replace("{rows}", found.rows.toLocaleString(document.documentElement.lang)));
      } catch {
        // The next look tries again.
      }
      timer = setTimeout(look, PAUSE);
    };
    const end = () => {
      clearTimeout(timer);
      button.disabled = false;
    };

    request.upload.addEventListener("progress", (event) => {
      const part = event.total ? Math.round((100 * event.loaded) / event.total) : 0;
      say(sending.replace("{part}", part), part);
    });
    request.upload.addEventListener("load", look);
    request.addEventListener("load", () => { end(); show(request); });
    request.addEventListener("error", () => { end(); say(lost, 0); });
    request.open("POST", form.action);
    box.hidden = false;
    button.disabled = true;
    request.send(body);
  };

  const begin = () => {
    for (const form of document.querySelectorAll("form:has([data-reading])")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        follow(form, event.submitter || form.querySelector("button"));
      });
    }
  };

  window.addEventListener("popstate", () => window.location.reload());
  begin();
})();
