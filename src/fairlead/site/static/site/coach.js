// The coach beside a text: what may do harm, why, and other words, one click away. It looks after a pause in typing.
// The words go to this server, are looked at and forgotten; nothing of them is kept here or there. Where the server
// cannot be reached the coach is silent, and comes back by itself.

import { csrfToken } from "./sign-in.js";

const PAUSE = 500; // ms of silence
const AGAIN = 10000; // ms after the line broke
const SHOWN = 4; // notes at a time; more would be a wall
const SHORTEST = 3; // characters
const UNASKED = 12; // boxes that are looked at before anybody touches them
const LONGEST_QUOTE = 80; // characters
const WORDS = {
  marks: (count) => (count ? `The coach marks ${count} ${count === 1 ? "place" : "places"}.` : ""),
  show: "Show the notes",
  says: "What the coach says",
  where: "Show it in the text",
  times: (count) => `${count} times`,
  perhaps: (words) => `Perhaps: “${words}”`,
  use: (words) => (words ? `Use “${words}”` : "Leave the name out"),
  leave: "Leave it",
  more: (count) => `${count} more, after these`,
};

const audience = document.body.dataset.audience ?? "commons";
const margin = matchMedia("(min-width: 74rem)");

class Coach {
  static current = null; // the box somebody is in; the others say how much there is, and no more

  constructor(box) {
    this.box = box;
    this.text = ""; // what the notes are about
    this.notes = new Map(); // by words and message
    this.left = new Set(); // what this person has read and wants to leave as it is
    this.missed = false;
    this.asking = null;
    this.timer = 0;
    this.place = element("div", "coach");
    this.count = element("span");
    this.opener = button(WORDS.show, "button plain", () => this.box.focus());
    this.list = element("div", "coach-notes");
    this.list.setAttribute("role", "group");
    this.list.setAttribute("aria-label", WORDS.says);
    this.more = element("p", "coach-more quiet");
    this.place.append(element("p", "coach-count", this.count, this.opener), this.list, this.more);
    box.after(this.place);
    const panel = box.form?.querySelector("[data-save-others]");
    if (panel) new MutationObserver(() => this.show()).observe(panel, { childList: true });
    box.addEventListener("input", () => this.wrote());
    box.addEventListener("focus", () => this.enter());
    this.place.addEventListener("focusin", () => this.enter());
    this.show();
  }

  enter() {
    const before = Coach.current;
    Coach.current = this;
    if (before !== this) {
      before?.show();
      this.show();
    }
    if (this.missed || (!this.text && this.box.value)) this.soon();
  }

  /** Notes go along with what they are about; what somebody changed is no longer spoken of. */
  wrote() {
    this.follow();
    this.show();
    this.soon();
  }

  follow() {
    const [old, text] = [this.text, this.box.value];
    const shorter = Math.min(old.length, text.length);
    let same = 0;
    while (same < shorter && old[same] === text[same]) same += 1;
    let after = 0;
    while (after < shorter - same && old[old.length - 1 - after] === text[text.length - 1 - after]) after += 1;
    const shift = text.length - old.length;
    for (const [key, note] of this.notes) {
      note.places = note.places.flatMap((place) => {
        if (place.end <= same) return [moved(place, 0, same)];
        return place.start >= old.length - after ? [moved(place, shift, Infinity, old.length - after)] : [];
      });
      if (!note.places.length) this.notes.delete(key);
    }
    this.text = text;
  }

  soon(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), pause);
  }

  async look() {
    const text = this.box.value;
    clearTimeout(this.timer);
    this.asking?.abort();
    if (text.trim().length < SHORTEST) return this.heard(text, []);
    const asking = (this.asking = new AbortController());
    try {
      const answer = await fetch("/coach/", {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
        body: new URLSearchParams({ text, audience }),
        cache: "no-store",
        redirect: "error",
        signal: asking.signal,
      });
      this.missed = !answer.ok; // signed out, or too long: the next word asks anew
      if (answer.ok && this.box.value === text) this.heard(text, (await answer.json()).findings);
    } catch {
      if (asking.signal.aborted || !this.box.isConnected) return;
      this.missed = true; // without the coach the page works as before
      this.soon(AGAIN);
    }
  }

  heard(text, findings) {
    this.missed = false;
    const before = this.notes;
    this.text = text;
    this.notes = new Map();
    for (const one of findings) {
      const words = text.slice(one.start, one.end);
      const key = [words, one.message, ...one.rewrites.map((other) => other.words)].join("\0");
      if (this.left.has(key)) continue;
      const note = this.notes.get(key) ?? { ...one, key, words, places: [], node: before.get(key)?.node };
      note.places.push({ start: one.start, end: one.end, rewrites: one.rewrites });
      this.notes.set(key, note);
    }
    this.show();
  }

  /** Draw what there is; a note that stays keeps its place in the page, so that nobody's focus is lost. */
  show() {
    const notes = [...this.notes.values()].filter((note) => !this.isSaidByTheForm(note.words));
    const open = Coach.current === this;
    // Read out while somebody writes here, not for every box of a page that opens.
    this.count.setAttribute("aria-live", open ? "polite" : "off");
    const marked = WORDS.marks(notes.reduce((sum, note) => sum + note.places.length, 0));
    if (this.count.textContent !== marked) this.count.textContent = marked;
    this.place.classList.toggle("is-empty", !notes.length);
    this.place.classList.toggle("is-open", open);
    this.opener.hidden = open || !notes.length;
    const shown = open ? notes.slice(0, SHOWN) : [];
    shown.forEach((note, at) => {
      note.node ??= this.draw(note);
      note.node.querySelector(".coach-times").textContent = note.places.length > 1 ? WORDS.times(note.places.length) : "";
      if (this.list.children[at] !== note.node) this.list.insertBefore(note.node, this.list.children[at] ?? null);
    });
    while (this.list.children.length > shown.length) this.list.lastChild.remove();
    this.list.hidden = !shown.length;
    this.more.hidden = !open || notes.length <= SHOWN;
    this.more.textContent = this.more.hidden ? "" : WORDS.more(notes.length - SHOWN);
    this.makeRoom();
  }

  /** The form itself lists who is named, beside the box or after it was refused; nobody needs to hear it twice. */
  isSaidByTheForm(words) {
    const lists = `[data-places] li, .keep-or-change, .named-places li:has(a[href="#${CSS.escape(this.box.id)}"])`;
    const said = [
      ...(this.box.form?.querySelectorAll(lists) ?? []),
      ...(this.box.closest(".field")?.querySelectorAll(".is-named, .field-error") ?? []),
    ];
    return said.some((one) => one.textContent.includes(`“${words}”`));
  }

  /** In the margin where there is one beside this box, else below it. */
  makeRoom() {
    const box = this.box.getBoundingClientRect();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const main = document.getElementById("main");
    const beside =
      margin.matches &&
      this.box.parentElement.classList.contains("field") &&
      box.right + 21 * rem <= document.documentElement.clientWidth &&
      box.left - main.getBoundingClientRect().left < 3 * rem;
    this.place.classList.toggle("is-beside", beside);
    const below = this.place.getBoundingClientRect().bottom - main.getBoundingClientRect().top + 2 * rem;
    if (beside && below > main.offsetHeight) main.style.minHeight = `${Math.ceil(below)}px`;
  }

  draw({ key, words, level, message, why, rewrites, perhaps }) {
    const quote = element("q", "", words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE - 1)}…` : words);
    quote.dir = "auto";
    const where = button("", "coach-where", () => this.point(key));
    where.title = WORDS.where;
    where.append(quote);
    const row = element("div", "row");
    rewrites.forEach((other, which) => {
      row.append(button(WORDS.use(other.words), "button quiet", () => this.use(key, which)));
    });
    if (level !== "error") {
      const leave = button(WORDS.leave, "button plain", () => this.leave(key));
      leave.setAttribute("aria-label", `${WORDS.leave}: “${words}”`);
      row.append(leave);
    }
    return element(
      "section",
      `coach-note is-${level}`,
      element("p", "coach-words", where, " ", element("span", "coach-times quiet")),
      element("p", "coach-message", message),
      ...(why ? [element("p", "coach-why", why)] : []),
      ...perhaps.map((other) => element("p", "coach-perhaps", WORDS.perhaps(other))),
      row,
    );
  }

  point(key) {
    const place = this.notes.get(key)?.places[0];
    if (!place) return;
    this.box.blur(); // coming back scrolls to what is chosen, going there does not
    this.box.setSelectionRange(place.start, place.end);
    this.box.focus();
  }

  leave(key) {
    this.left.add(key);
    this.notes.delete(key);
    this.show();
    this.box.focus({ preventScroll: true });
  }

  /** Put other words in each place of a note, as if they had been typed: one Ctrl+Z takes them back. */
  use(key, which) {
    const text = this.box.value;
    const others = (this.notes.get(key)?.places ?? []).flatMap((place) => place.rewrites[which] ?? []);
    if (text !== this.text || !others.length) return this.look(); // what stands there has changed meanwhile
    const places = others.filter((other, at) => at === 0 || other.start >= others[at - 1].end);
    const [first, last] = [places[0].start, places.at(-1).end];
    let put = "";
    let from = first;
    for (const other of places) {
      put += text.slice(from, other.start) + other.words;
      from = other.end;
    }
    const kept = (at) => places.reduce((to, other) => to + grown(other, at), at);
    const caret = kept(this.box.selectionEnd);
    if (this.box.maxLength >= 0 && text.length - (last - first) + put.length > this.box.maxLength) return this.point(key);
    const scrolled = this.box.scrollTop;
    this.box.focus({ preventScroll: true });
    this.box.setSelectionRange(first, last);
    // Old, and the one way by which a page may write and leave it to the browser's own undo.
    if (!document.execCommand(put ? "insertText" : "delete", false, put)) {
      this.box.setRangeText(put, first, last);
      this.box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.box.setSelectionRange(caret, caret);
    this.box.scrollTop = scrolled;
    this.look();
  }
}

/** How far what stands at `at` moves when other words are put in: it goes behind them if it stood inside. */
function grown({ start, end, words }, at) {
  return at <= start ? 0 : words.length - (Math.min(at, end) - start);
}

/** A place that moved by `shift`, with the rewrites that still fit: those whose own stretch nobody wrote in. */
function moved(place, shift, until, from = 0) {
  const by = (one) => ({ ...one, start: one.start + shift, end: one.end + shift });
  return { ...by(place), rewrites: place.rewrites.filter((one) => one.start >= from && one.end <= until).map(by) };
}

function element(tag, className = "", ...inside) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function button(label, className, act) {
  const made = Object.assign(element("button", className, label), { type: "button" });
  made.addEventListener("click", act);
  return made;
}

const BOXES = ":is(textarea:not([spellcheck=false], [readonly]), input[type=text][dir=auto]):not([data-coached], form[method=get] *)";
const coaches = new Set();

function begin(root) {
  const boxes = [...root.querySelectorAll(BOXES)];
  for (const box of boxes) {
    box.dataset.coached = "";
    const coach = new Coach(box);
    coaches.add(coach);
    if (document.activeElement === box) coach.enter();
    if (boxes.length <= UNASKED && box.value.trim().length >= SHORTEST) coach.soon();
  }
}

function each(act) {
  for (const coach of coaches) {
    if (coach.box.isConnected) act(coach);
    else coaches.delete(coach);
  }
}

begin(document);
document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
addEventListener("online", () => each((coach) => coach.missed && coach.soon()));
margin.addEventListener("change", () => each((coach) => coach.show()));
