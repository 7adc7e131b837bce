// Words save themselves. A page says "Saved" only after the server said so; until then the words stay on this page,
// in memory alone: nothing private is left behind in a browser's storage on a shared machine.
//
// POST: words, sitting (this page load), edit (counts up), base (the version we began from), and the form's own fields.
//   200 {version, saved_at}                    saved
//   409 {version, saved_at, others: [{words, saved_at, who}]}   saved too; somebody else wrote meanwhile
//   401 {sign_in}                              ask, then save again
//   422 {problem, [places, neutral]}           not saved; the words, or what to write instead, are shown
//   other JSON {problem}                       not saved; say so, try again

import { askToSignIn, csrfToken } from "./sign-in.js";

const AFTER_TYPING = 800; // ms of silence
const AT_LEAST_EVERY = 5000; // ms while typing goes on
const ANSWER_WITHIN = 20000; // ms; after that the line counts as broken
const KEEPALIVE_LIMIT = 60000; // bytes; browsers drop larger requests when a page goes away
const WORDS = {
  saved: (time) => `Saved ${time}`,
  trying: "Not saved yet. Your words are on this page; trying again.",
  signIn: "Not saved yet. Your words are on this page; sign in to save them.",
  refused: "Not saved yet. Your words are on this page.",
  closed: "Not saved. This page is no longer open to you; your words are still on it.",
  both: "Somebody wrote here at the same time. Both are kept.",
  yours: "Yours, in the box above",
  theirs: (who, time) => (time ? `From ${who}, ${time}` : `From ${who}`),
  neutral: "Use the neutral words",
  bring: "Bring theirs in below mine",
  leave: "Leave them apart",
};

// randomUUID exists on secure pages only; a server on the office network may be plain http.
const SITTING =
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function clock(iso) {
  const moment = iso ? new Date(iso) : new Date();
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", { timeStyle: "medium", hourCycle: "h23" }).format(moment);
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("[data-words]");
    this.state = form.querySelector("[data-save-state]");
    this.others = form.querySelector("[data-save-others]");
    this.base = form.elements.base.value;
    this.kept = this.box.value; // what the server is known to have
    this.edit = 0;
    this.failures = 0;
    this.held = false; // waiting for a person (sign-in put off, words refused), not for a clock
    this.sending = null;
    this.box.addEventListener("input", () => this.wrote());
    this.box.addEventListener("blur", () => this.isDirty() && !this.held && this.send());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.held = false;
      this.send();
    });
  }

  isDirty() {
    return this.box.value !== this.kept;
  }

  say(words, state) {
    if (this.state.textContent !== words) this.state.textContent = words;
    this.state.dataset.state = state;
  }

  wrote() {
    this.since ??= Date.now();
    this.held = false;
    if (this.failures === 0) {
      this.say("", "writing");
      this.plan(Math.max(0, Math.min(AFTER_TYPING, this.since + AT_LEAST_EVERY - Date.now())));
    }
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  /** Save now. One request at a time; words written meanwhile go with the next. Resolves when this one is answered. */
  send() {
    clearTimeout(this.timer);
    if (!this.sending) {
      this.sending = this.attempt().finally(() => {
        this.sending = null;
        if (this.isDirty() && !this.held && this.failures === 0) this.plan(0);
      });
    }
    return this.sending;
  }

  request(words) {
    this.edit += 1;
    const fields = new FormData(this.form);
    fields.set("words", words);
    fields.set("sitting", SITTING);
    fields.set("edit", String(this.edit));
    fields.set("base", this.base);
    fields.set("csrfmiddlewaretoken", csrfToken());
    return {
      method: "POST",
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrfToken(), Accept: "application/json" },
      body: fields,
      redirect: "manual", // a page that answers instead of the saver has saved nothing
      keepalive: new Blob([words]).size < KEEPALIVE_LIMIT,
    };
  }

  async attempt() {
    const words = this.box.value;
    this.since = null;
    let answer;
    let told = {};
    try {
      answer = await fetch(this.form.getAttribute("action"), {
        ...this.request(words),
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      told = await answer.json().catch(() => ({}));
    } catch {
      return this.tryLater();
    }
    if ((answer.status === 200 || answer.status === 409) && told.version !== undefined) {
      return this.accepted(words, told);
    }
    if (answer.status === 401) return this.signInFirst(told.sign_in);
    if (answer.status === 403 || answer.status === 404) {
      this.held = true;
      return this.say(WORDS.closed, "waiting");
    }
    if (answer.status === 413 || answer.status === 422) {
      this.held = true; // the same words would be refused again; the next change tries anew
      if (told.places) this.showPlaces(told.places, told.neutral);
      return this.say(`${WORDS.refused} ${told.problem ?? ""}`.trim(), "waiting");
    }
    return this.tryLater(told.problem);
  }

  accepted(words, told) {
    this.base = told.version;
    this.kept = words;
    this.failures = 0;
    this.form.querySelector("[data-places]")?.remove();
    if (!this.isDirty()) this.say(WORDS.saved(clock(told.saved_at)), "saved");
    if (told.others?.length) this.showOthers(told.others);
  }

  tryLater(problem = "") {
    this.failures += 1;
    this.say(`${WORDS.trying} ${problem}`.trim(), "waiting");
    // 2, 4, 8, 16, then every 30 seconds, a little apart so that a room full of pages does not knock all at once.
    this.plan(Math.min(30000, 1000 * 2 ** this.failures) * (0.8 + Math.random() * 0.4));
  }

  async signInFirst(kind) {
    this.held = true;
    this.say(WORDS.signIn, "waiting");
    if (!(await askToSignIn(kind === "confirm" ? "confirm" : "needed"))) return;
    this.held = false;
    this.failures = 0; // `send` sees that the words are still unsaved, and goes on
    if (!this.isDirty()) this.say("", "writing");
  }

  showOthers(others) {
    const panel = document.createElement("div");
    panel.className = "others";
    panel.tabIndex = -1;
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", WORDS.both);
    const title = document.createElement("p");
    title.className = "notice-title";
    title.setAttribute("role", "status");
    const both = document.createElement("div");
    both.className = "both";
    both.append(this.version(WORDS.yours, this.box.value));
    for (const other of others) both.append(this.version(WORDS.theirs(other.who, other.saved_at && clock(other.saved_at)), other.words));
    const row = document.createElement("div");
    row.className = "row";
    const bring = document.createElement("button");
    bring.type = "button";
    bring.className = "button quiet";
    bring.textContent = WORDS.bring;
    bring.addEventListener("click", () => {
      this.box.value = [this.box.value, ...others.map((other) => other.words)].filter(Boolean).join("\n\n");
      panel.remove();
      this.box.focus();
      this.send();
    });
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "button plain";
    leave.textContent = WORDS.leave;
    leave.addEventListener("click", () => {
      panel.remove();
      this.box.focus();
    });
    row.append(bring, leave);
    panel.append(title, both, row);
    this.others.replaceChildren(panel);
    title.textContent = WORDS.both; // set once it stands in the page, so that it is read out
  }

  /** Somebody is named: each place with its reason, and one button for the neutral words, which saves. */
  showPlaces(places, neutral) {
    const panel = document.createElement("div");
    panel.className = "missing";
    panel.dataset.places = "";
    const list = document.createElement("ul");
    for (const words of places) {
      const item = document.createElement("li");
      item.textContent = words;
      list.append(item);
    }
    const use = document.createElement("button");
    use.type = "button";
    use.className = "button quiet";
    use.textContent = WORDS.neutral;
    use.addEventListener("click", () => {
      this.box.value = neutral;
      this.held = false;
      panel.remove();
      this.box.focus();
      this.send();
    });
    panel.append(list, use);
    this.others.replaceChildren(panel);
  }

  version(label, words) {
    const part = document.createElement("section");
    const heading = document.createElement("p");
    heading.className = "small-title";
    heading.textContent = label;
    const text = document.createElement("div");
    text.className = "words";
    text.dir = "auto";
    text.textContent = words;
    part.append(heading, text);
    return part;
  }

  /** The page is going away: one last request that outlives it, whatever else is under way. */
  leave() {
    if (this.isDirty()) fetch(this.form.getAttribute("action"), this.request(this.box.value)).catch(() => {});
  }
}

const keepers = new Map();

function adopt(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (!keepers.has(form)) keepers.set(form, new Keeper(form));
  }
}

function unsaved() {
  return [...keepers.values()].filter((keeper) => keeper.form.isConnected && keeper.isDirty());
}

/** Save everything on the page now. Resolves to true when nothing is left unsaved. */
export async function settle() {
  for (let round = 0; round < 3 && unsaved().length; round += 1) {
    await Promise.all(unsaved().map((keeper) => keeper.send()));
  }
  return unsaved().length === 0;
}

adopt(document);
document.addEventListener("htmx:load", (event) => adopt(event.detail.elt.parentNode ?? document));

// A link followed in the middle of a sentence waits for the sentence to be saved; it is a blink.
document.addEventListener("click", async (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const elsewhere = !link || link.target === "_blank" || link.origin !== location.origin || link.hasAttribute("download");
  const within = link && link.hash && link.pathname === location.pathname && link.search === location.search;
  const special = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || elsewhere || within || special || unsaved().length === 0) return;
  event.preventDefault();
  await Promise.race([settle(), new Promise((resolve) => setTimeout(resolve, 4000))]);
  location.assign(link.href); // if something is still unsaved, the browser asks before it leaves
});

addEventListener("beforeunload", (event) => {
  if (unsaved().length) event.preventDefault();
});
addEventListener("pagehide", () => {
  for (const keeper of unsaved()) keeper.leave();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const keeper of unsaved()) if (!keeper.held) keeper.send();
});
addEventListener("online", () => {
  for (const keeper of unsaved()) if (!keeper.held) keeper.send();
});
