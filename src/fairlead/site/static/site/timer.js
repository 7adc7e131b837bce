// The quarter of an hour before a talk. This file makes no request and stores nothing: what a manager answers here is
// for them alone, and a reload begins anew on purpose.

const WORDS = {
  begun: "The clock is running. You can put the screen away.",
  paused: "The clock is resting.",
  over: "A quarter of an hour has passed. When you are ready, there are three questions below.",
  goOn: "Go on",
  pause: "Pause",
  again: "Begin again",
  in: "in",
  out: "out",
  later: (time) => `Perhaps ${time}, still today. Tell them now that you will talk then, and that nothing is decided.`,
  tomorrow:
    "It is late. One sentence now is enough: nothing is decided, and we talk tomorrow morning, before anything else.",
};
const LATEST_HOUR = 18; // a talk that begins later keeps somebody awake

function start(root) {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const clock = find("clock");
  const says = find("clock-says");
  const beginButton = find("start");
  const pauseButton = find("pause");
  const breath = find("breath");
  const whole = Number(root.dataset.minutes || 15) * 60;
  let left = whole;
  let endsAt = 0;
  let ticking = 0;

  function draw() {
    const minutes = Math.floor(left / 60);
    clock.textContent = `${minutes}:${String(Math.floor(left % 60)).padStart(2, "0")}`;
  }

  function stop() {
    clearInterval(ticking);
    ticking = 0;
    root.classList.remove("is-running");
    breath.textContent = "";
  }

  function tick() {
    // By the clock on the wall: a sleeping laptop counts as time away from the screen too.
    left = Math.max(0, (endsAt - Date.now()) / 1000);
    draw();
    const inBreath = (whole - left) % 10;
    breath.textContent = inBreath < 4 ? WORDS.in : WORDS.out;
    if (left === 0) {
      stop();
      says.textContent = WORDS.over;
      pauseButton.hidden = true;
      beginButton.hidden = false;
      beginButton.textContent = WORDS.again;
      left = whole;
      find("questions").scrollIntoView({ block: "start" });
    }
  }

  function run() {
    endsAt = Date.now() + left * 1000;
    stop();
    ticking = setInterval(tick, 250);
    root.classList.add("is-running");
    says.textContent = WORDS.begun;
  }

  beginButton.addEventListener("click", () => {
    left = whole;
    beginButton.hidden = true;
    pauseButton.hidden = false;
    pauseButton.textContent = WORDS.pause;
    pauseButton.focus();
    run();
  });
  pauseButton.addEventListener("click", () => {
    if (ticking) {
      stop();
      says.textContent = WORDS.paused;
      pauseButton.textContent = WORDS.goOn;
    } else {
      pauseButton.textContent = WORDS.pause;
      run();
    }
  });

  const skip = find("skip");
  skip.addEventListener("click", () => {
    const room = find("skip-room");
    room.hidden = !room.hidden;
    skip.setAttribute("aria-expanded", String(!room.hidden));
    if (!room.hidden) room.querySelector("input").focus();
  });
  find("skip-now").addEventListener("click", () => {
    stop();
    left = whole;
    draw();
    pauseButton.hidden = true;
    beginButton.hidden = false;
    const first = root.querySelector("[data-answer]");
    find("questions").scrollIntoView({ block: "start" });
    first?.focus({ preventScroll: true });
  });

  function laterToday() {
    const then = new Date(Date.now() + 60 * 60 * 1000);
    then.setMinutes(Math.ceil(then.getMinutes() / 30) * 30, 0, 0);
    const isToday = then.getDate() === new Date().getDate();
    if (!isToday || then.getHours() + then.getMinutes() / 60 > LATEST_HOUR) return WORDS.tomorrow;
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", hourCycle: "h23" });
    return WORDS.later(time.format(then));
  }

  function weigh() {
    const groups = [...root.querySelectorAll(".answers")].filter((group) => group.querySelector("[data-answer]"));
    const chosen = groups.map((group) => group.querySelector('[data-answer][aria-pressed="true"]'));
    const notYet = chosen.some((answer) => answer?.dataset.ready === "no");
    const ready = chosen.length > 0 && chosen.every((answer) => answer?.dataset.ready === "yes");
    find("later").textContent = notYet ? laterToday() : "";
    find("not-yet").hidden = !notYet;
    find("ready-now").hidden = !ready;
  }

  root.addEventListener("click", (event) => {
    const answer = event.target.closest("[data-answer], [data-outcome]");
    if (!answer) return;
    const wasPressed = answer.getAttribute("aria-pressed") === "true";
    for (const other of answer.parentNode.children) other.setAttribute("aria-pressed", "false");
    answer.setAttribute("aria-pressed", String(!wasPressed));
    weigh();
  });
}

for (const root of document.querySelectorAll("[data-quiet]")) start(root);
