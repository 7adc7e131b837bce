// The coach beside a text: what may do harm, why, and other words, one click away. It looks after a pause in typing.
// The words go to this server, are looked at and forgotten; nothing of them is kept here or there.

import { csrfToken } from "./sign-in.js";

const PAUSE = 500; // ms of silence
const SHOWN = 4; // findings at a time; more would be a wall
const SHORTEST = 3; // characters
const WORDS = {
  use: "Use",
  leave: "Leave it",
  more: (count) => `${count} more, after these`,
};

const audience = document.body.dataset.audience ?? "commons";

class Coach {
  constructor(box) {
    this.box = box;
    this.left = new Set(); // what this person has read and wants to leave as it is
    this.asking = null;
    this.timer = 0;
    this.notes = document.createElement("div");
    this.notes.className = "coach";
    this.notes.setAttribute("aria-live", "polite");
    box.after(this.notes);
    box.addEventListener("input", () => this.soon());
    if (box.value.trim().length >= SHORTEST) this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const text = this.box.value;
    this.asking?.abort();
    if (text.trim().length < SHORTEST) return this.show(text, []);
    this.asking = new AbortController();
    try {
      const answer = await fetch("/coach/", {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
        body: new URLSearchParams({ text, audience }),
        cache: "no-store",
        redirect: "error",
        signal: this.asking.signal,
      });
      if (answer.ok && this.box.value === text) this.show(text, (await answer.json()).findings);
    } catch {
      // Without the coach the page works as before.
    }
  }

  show(text, findings) {
    const open = findings.filter((one) => !this.left.has(text.slice(one.start, one.end)));
    this.notes.replaceChildren(
      ...open.slice(0, SHOWN).map((one) => this.note(text, one)),
      ...(open.length > SHOWN ? [paragraph("quiet", WORDS.more(open.length - SHOWN))] : []),
    );
  }

  note(text, one) {
    const words = text.slice(one.start, one.end);
    const note = document.createElement("section");
    note.className = `coach-note is-${one.level}`;
    const shown = document.createElement("q");
    shown.textContent = words.length > 80 ? `${words.slice(0, 79)}…` : words;
    const head = paragraph("coach-words");
    head.append(shown);
    note.append(head, paragraph("coach-message", one.message), ...(one.why ? [paragraph("coach-why", one.why)] : []));
    const row = document.createElement("p");
    row.className = "row";
    for (const rewrite of one.rewrites) {
      row.append(button(`${WORDS.use} “${rewrite}”`, "button quiet", () => this.use(one, words, rewrite)));
    }
    if (one.level !== "error") {
      row.append(
        button(WORDS.leave, "button plain", () => {
          this.left.add(words);
          this.look();
          this.box.focus();
        }),
      );
    }
    note.append(row);
    return note;
  }

  use(one, words, rewrite) {
    if (this.box.value.slice(one.start, one.end) !== words) return this.look();
    this.box.focus();
    this.box.setRangeText(rewrite, one.start, one.end, "end");
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.look();
  }
}

function paragraph(className, text = "") {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}

function button(label, className, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: label });
  made.addEventListener("click", act);
  return made;
}

function begin(root) {
  for (const box of root.querySelectorAll("textarea:not([spellcheck=false]):not([readonly]):not([data-coached])")) {
    box.dataset.coached = "";
    new Coach(box);
  }
}

begin(document);
document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
