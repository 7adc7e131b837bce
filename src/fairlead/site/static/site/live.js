// The card to glance at. It must never ask for attention: no alarms, no counters that run, and it steps back by itself.

import { csrfToken } from "./sign-in.js";

const DIM_AFTER = 45000; // ms without a touch
const HEARTBEAT = 4 * 60000; // ms; well inside the half hour after which a quiet sign-in ends
const SWIPE = 60; // px

function start(card) {
  const movements = [...card.querySelectorAll("section[data-movement]")];
  const knots = [...card.querySelectorAll("[data-knot]")];
  const back = card.querySelector("[data-back]");
  const on = card.querySelector("[data-on]");
  const end = card.querySelector("[data-end]");
  const where = card.querySelector("[data-where]");
  let at = 0;

  function show(index, { read = true } = {}) {
    at = Math.max(0, Math.min(movements.length - 1, index));
    movements.forEach((movement, i) => {
      movement.hidden = i !== at;
    });
    knots.forEach((knot, i) => {
      knot.classList.toggle("is-done", i < at);
      if (i === at) knot.setAttribute("aria-current", "step");
      else knot.removeAttribute("aria-current");
    });
    const last = at === movements.length - 1;
    back.disabled = at === 0;
    on.hidden = last && end !== null;
    on.disabled = last;
    if (end) end.hidden = !last;
    where.textContent = `${at + 1} of ${movements.length}`;
    // The address remembers the place, so that a reload or a dead battery does not begin from the start.
    history.replaceState(null, "", `#${movements[at].id}`);
    if (read) {
      movements[at].focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }

  function fromAddress() {
    const found = movements.findIndex((movement) => `#${movement.id}` === location.hash);
    show(found === -1 ? 0 : found, { read: false });
  }

  back.addEventListener("click", () => show(at - 1));
  on.addEventListener("click", () => show(at + 1));
  knots.forEach((knot, i) =>
    knot.addEventListener("click", (event) => {
      event.preventDefault();
      show(i);
    }),
  );
  addEventListener("hashchange", fromAddress);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("input, textarea, select")) return;
    if (event.key === " " && target.closest("button, summary, a")) return;
    if (["ArrowRight", "PageDown", " "].includes(event.key)) {
      event.preventDefault();
      show(at + 1);
    } else if (["ArrowLeft", "PageUp"].includes(event.key)) {
      event.preventDefault();
      show(at - 1);
    }
  });

  // --- a thumb on the card ---------------------------------------------------------------------------------------

  let down = null;
  card.addEventListener("pointerdown", (event) => {
    const handled = event.target.closest("a, button, summary, input, textarea, label, details[open], .others");
    // The touch that wakes the card does nothing else: it was meant to see, not to turn.
    down = event.pointerType === "mouse" || handled || wasDim ? null : { x: event.clientX, y: event.clientY };
  });
  card.addEventListener("pointercancel", () => {
    down = null;
  });
  card.addEventListener("pointerup", (event) => {
    if (!down) return;
    const dx = event.clientX - down.x;
    const dy = event.clientY - down.y;
    down = null;
    if (Math.abs(dx) > SWIPE && Math.abs(dy) < Math.abs(dx) / 2) show(at + (dx < 0 ? 1 : -1));
    else if (Math.abs(dx) < 10 && Math.abs(dy) < 10) show(at + (event.clientX < innerWidth / 3 ? -1 : 1));
  });

  // --- stepping back ---------------------------------------------------------------------------------------------

  let dimming = 0;
  let wasDim = false;
  function wake() {
    wasDim = card.classList.contains("is-dim");
    card.classList.remove("is-dim");
    clearTimeout(dimming);
    dimming = setTimeout(() => card.classList.add("is-dim"), DIM_AFTER);
  }
  // Captured on the way down, so that it runs before the card decides what the touch meant.
  for (const kind of ["pointerdown", "pointermove", "keydown", "focusin"]) document.addEventListener(kind, wake, true);
  wake();

  // --- quiet company: minutes, a screen that stays on, a sign-in that holds ------------------------------------------

  const minutes = card.querySelector("[data-minutes-gone]");
  const began = card.dataset.began ? new Date(card.dataset.began).getTime() : Date.now();
  function tell() {
    const gone = Math.floor((Date.now() - began) / 60000);
    minutes.textContent = gone >= 1 && gone <= 240 ? `${gone} min` : "";
  }
  tell();
  setInterval(tell, 20000);

  async function keepScreenOn() {
    try {
      await navigator.wakeLock?.request("screen");
    } catch {
      // A low battery may refuse. The card works all the same.
    }
  }

  async function beat() {
    try {
      await fetch(card.dataset.heartbeat, {
        method: "POST",
        headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrfToken() },
      });
    } catch {
      // The network may drop during a talk. Everything on the card is already here; nobody needs to know.
    }
  }
  if (card.dataset.heartbeat) {
    beat();
    setInterval(beat, HEARTBEAT);
  }
  keepScreenOn();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    keepScreenOn();
    if (card.dataset.heartbeat) beat();
    wake();
    tell();
  });

  fromAddress();
}

for (const card of document.querySelectorAll("[data-live]")) start(card);
