// Before a form leaves the page: are we still signed in, and is it sent once only?

import { askToSignIn, csrfToken, presence } from "./sign-in.js";
import { settle } from "./save.js";

const AWAY = "The server cannot be reached just now. Nothing is lost: your words are on this page. Please try again.";
const UNSAVED = "Something you wrote on this page is not saved yet. It comes first; please try again in a moment.";
const cleared = new WeakSet(); // forms that have been asked about and may go
const sent = new WeakSet();

function handledElsewhere(form) {
  return form.method !== "post" || "autosave" in form.dataset || form.hasAttribute("hx-post");
}

function sayIn(form, words) {
  let place = form.querySelector("[data-keep-says]");
  if (!place) {
    place = document.createElement("p");
    place.className = "field-error";
    place.dataset.keepSays = "";
    place.setAttribute("role", "alert");
    form.append(place);
  }
  place.textContent = words;
  place.hidden = words === "";
}

async function mayGo(form) {
  // Words that save themselves go first, so that the next page shows them.
  if (!(await settle())) {
    sayIn(form, UNSAVED);
    return false;
  }
  for (;;) {
    const stands = await presence();
    if (stands === "ok") return true;
    if (stands === "away") {
      // Going now would trade the page, and the words on it, for the browser's own error page.
      sayIn(form, AWAY);
      return false;
    }
    if (!(await askToSignIn(stands))) return false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || handledElsewhere(form)) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  if ("keep" in form.dataset && !cleared.has(form)) {
    event.preventDefault();
    const submitter = event.submitter;
    sent.add(form); // a second press while we ask changes nothing
    sayIn(form, "");
    const go = await mayGo(form);
    sent.delete(form);
    if (!go) return;
    cleared.add(form);
    form.requestSubmit(submitter);
    return;
  }
  cleared.delete(form);
  sent.add(form);
  // After this turn: a disabled button would not send its own name and value.
  setTimeout(() => {
    for (const button of form.querySelectorAll('button:not([type="button"])')) {
      if (!button.disabled) {
        button.disabled = true;
        button.dataset.resting = "";
      }
    }
  });
});

// Coming back by the back button shows the page as it was left: let it be used again.
addEventListener("pageshow", () => {
  for (const form of document.forms) sent.delete(form);
  for (const button of document.querySelectorAll("[data-resting]")) {
    button.disabled = false;
    delete button.dataset.resting;
  }
});

// Parts that htmx exchanges carry the token of this moment, not of the moment the page was drawn.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});
// When no answer comes, or none that helps, the words are still in the form, and it says so.
function saysThatItIsAway({ detail }) {
  const form = detail.elt.closest("form");
  if (!form) return;
  sayIn(form, AWAY);
  form.querySelector("textarea")?.focus({ preventScroll: true });
}
document.addEventListener("htmx:sendError", saysThatItIsAway);
document.addEventListener("htmx:timeout", saysThatItIsAway);
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.querySelector("[data-keep-says]")) sayIn(detail.elt, "");
});
document.addEventListener("htmx:responseError", async (event) => {
  if (event.detail.xhr.status >= 500) saysThatItIsAway(event);
  if (event.detail.xhr.status !== 401) return;
  const kind = event.detail.xhr.responseText.includes('"confirm"') ? "confirm" : "needed";
  const source = event.detail.elt;
  if (await askToSignIn(kind)) window.htmx?.trigger(source, event.detail.requestConfig.triggeringEvent?.type ?? "click");
});
