// The live log in the browser: Enter adds a line at once; what others write appears every few seconds.
//
// A line that is not acknowledged stands in the page as "not yet saved" and is sent again until the server has it, in
// the order in which it was written. Its id was made here, so the server keeps it once however often it arrives.
//
// Where such lines wait: in sessionStorage, not in localStorage or IndexedDB. The words may name people, and a machine in
// a control room is shared: sessionStorage belongs to this tab alone, survives a reload, and is gone when the tab is
// closed. Each line leaves it when the server said that it is kept, and all of it is cleared when somebody signs out.

import { askToSignIn, csrfToken } from "./sign-in.js";

const EVERY = 3000; // ms between two looks at what others wrote
const ANSWER_WITHIN = 15000;
const LATEST_RETRY = 15000;
const WORDS = {
  waiting: "not yet saved",
  many: (count) => (count === 1 ? "1 line is not yet saved. It is sent again by itself." : `${count} lines are not yet saved. They are sent again by themselves.`),
  signIn: "You were signed out. Your lines are on this page.",
  refused: (why) => `A line was not taken, and stands in the box again. ${why}`,
  closed: "This log is no longer open to you. Lines that are not yet saved are still on this page.",
  away: "What others write cannot be fetched just now.",
  correct: "correct",
  corrected: "corrected",
  published: " in the timeline",
};

const list = document.querySelector("[data-log]");
const form = document.querySelector("[data-log-form]");
const box = form.elements.words;
const state = form.querySelector("[data-log-state]");
const me = document.querySelector("[data-my-email]")?.dataset.myEmail ?? "";
const STORE = `fairlead-log ${list.dataset.lines} ${me}`;

let last = Number(list.dataset.last);
let queue = read();
let sending = false;
let failures = 0;
let retry = 0;
let closed = false;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
  } catch {
    return [];
  }
}

function keep() {
  if (queue.length) sessionStorage.setItem(STORE, JSON.stringify(queue));
  else sessionStorage.removeItem(STORE);
}

// randomUUID exists on secure pages only; a server on the office network may be plain http.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function say(words) {
  if (state.textContent !== words) state.textContent = words;
}

function sayWaiting() {
  say(queue.length && failures ? WORDS.many(queue.length) : "");
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function row(line) {
  const item = element("li", line.number ? "log-line" : "log-line is-waiting");
  Object.assign(item.dataset, { id: line.id, at: line.at, number: line.number ?? "" });
  const time = element("time", "", line.clock);
  time.dateTime = line.at;
  const words = element("span", "log-words", line.words);
  words.dir = "auto";
  const foot = element("span", "log-foot");
  if (line.number) {
    const link = element("a", "", line.edition > 1 ? WORDS.corrected : WORDS.correct);
    link.href = `${list.dataset.lines}${line.id}/`;
    link.append(element("span", "unseen", ` ${line.clock} ${line.words.slice(0, 30)}`));
    foot.append(element("span", "log-who", line.who), " ", link, line.published ? WORDS.published : "");
  } else {
    foot.textContent = WORDS.waiting;
  }
  item.append(time, words, foot);
  return item;
}

/** Put a line where its moment says; lines of one moment in the order in which the server got them. */
function place(line) {
  list.querySelector(`[data-id="${line.id}"]`)?.remove();
  const after = [...list.children].findLast((other) => {
    const apart = Date.parse(other.dataset.at) - Date.parse(line.at);
    if (apart !== 0) return apart < 0;
    return (Number(other.dataset.number) || Infinity) <= (line.number ?? Infinity);
  });
  const item = row(line);
  if (after) after.after(item);
  else list.prepend(item);
  document.querySelector("[data-log-empty]").hidden = true;
  return item;
}

function showWaiting(line) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", hourCycle: "h23" }).format(new Date(line.at));
  return place({ ...line, clock });
}

async function post(line) {
  const fields = new URLSearchParams({ line_id: line.id, typed_at: line.at, words: line.words });
  return fetch(list.dataset.lines, {
    method: "POST",
    headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrfToken(), Accept: "application/json" },
    body: fields,
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
}

/** Send what waits, one line after the other; the next one only when the one before was acknowledged. */
async function flush() {
  clearTimeout(retry);
  if (sending || closed) return;
  sending = true;
  try {
    while (queue.length) {
      const line = queue[0];
      const answer = await post(line);
      const told = await answer.json().catch(() => ({}));
      if (answer.status === 200 && told.kept) {
        queue.shift();
        keep();
        failures = 0;
      } else if (answer.status === 401) {
        say(WORDS.signIn);
        if (!(await askToSignIn(told.sign_in === "confirm" ? "confirm" : "needed"))) throw new Error("not signed in");
      } else if (answer.status === 422 || answer.status === 413) {
        queue.shift();
        keep();
        list.querySelector(`[data-id="${line.id}"]`)?.remove();
        box.value = [line.words, box.value].filter(Boolean).join(" ");
        say(WORDS.refused(told.problem ?? ""));
        sending = false;
        return;
      } else if (answer.status === 403 || answer.status === 404) {
        closed = true;
        say(WORDS.closed);
        sending = false;
        return;
      } else {
        throw new Error("not now");
      }
    }
    sayWaiting();
    look();
  } catch {
    failures += 1;
    sayWaiting();
    retry = setTimeout(flush, Math.min(LATEST_RETRY, 1000 * 2 ** (failures - 1)));
  }
  sending = false;
}

let looking = false;

/** Fetch what was written or corrected since the last look. */
async function look() {
  if (looking || closed) return;
  looking = true;
  try {
    const answer = await fetch(`${list.dataset.since}${last}/`, {
      headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    if (answer.ok) {
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 80;
      const { lines } = await answer.json();
      for (const line of lines) {
        place(line);
        last = Math.max(last, line.number);
      }
      if (lines.length && atEnd) scrollTo({ top: document.documentElement.scrollHeight });
    }
  } catch {
    if (!queue.length) say(WORDS.away);
  }
  looking = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const words = box.value.trim();
  if (!words) return;
  const line = { id: newId(), at: new Date().toISOString(), words };
  queue.push(line);
  keep();
  box.value = "";
  box.focus();
  showWaiting(line).scrollIntoView({ block: "end" });
  flush();
});

document.querySelector('form[action="/accounts/logout/"]')?.addEventListener("submit", () => {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("fairlead-log ")) sessionStorage.removeItem(name);
});

for (const line of queue) showWaiting(line);
addEventListener("online", flush);
addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
setInterval(() => document.visibilityState === "visible" && look(), EVERY);
flush();
scrollTo({ top: document.documentElement.scrollHeight });
