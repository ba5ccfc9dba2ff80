// The review shows what the server has: while answers still wait on this device, nothing may be submitted.
"use strict";

(() => {
  const notice = document.querySelector("[data-waiting]");
  if (!notice || !self.Outbox) return;
  const { person, assessment, token, textHere, textChoose } = notice.dataset;
  const PAUSE = 3000;

  const waiting = async () => (await Outbox.list(person)).filter((entry) => entry.address.includes(assessment));

  // Conflicts and refusals wait for a person, everything else for the network.
  const say = (left) => {
    const choosing = left.every((entry) => entry.conflict || entry.fault);
    notice.hidden = false;
    notice.querySelector("[data-text]").textContent = (choosing ? textChoose : textHere).replace("{n}", left.length);
    for (const button of document.querySelectorAll("[data-submit]")) button.disabled = true;
  };

  const look = async () => {
    const before = await waiting();
    if (!before.length) return;
    say(before);
    await Outbox.flush(person, token);
    const left = await waiting();
    if (left.length) {
      say(left);
      setTimeout(look, PAUSE);
    } else {
      location.reload();
    }
  };
  look();
})();
