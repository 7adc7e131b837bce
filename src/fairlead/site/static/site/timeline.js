// Points of a timeline move: dragged, or by arrow keys. Nothing is written until "Save the new time" is pressed, and
// then as minutes from what the server had drawn, so that neither the zone nor the day nor a second is ever guessed
// here. Typing a time works without any of this.

const MINUTE = 60000;
const FAR = 10; // minutes with Shift
const WORDS = {
  group: "Points of the timeline",
  moved: (label, from, to) => `${label}: ${from} becomes ${to}.`,
};

let wanted = ""; // the id of what gets the focus once the timeline was drawn anew

function clock(at, zone) {
  const form = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  // The offset says which of the two it is in the hour that happens twice.
  return new Intl.DateTimeFormat("en-GB", { ...form, hourCycle: "h23", timeZone: zone, timeZoneName: "shortOffset" }).format(at);
}

class Line {
  constructor(svg, section, form) {
    this.svg = svg;
    this.form = form;
    this.zone = section.dataset.zone;
    this.otherZone = section.dataset.otherZone;
    this.from = Date.parse(svg.dataset.from);
    this.to = Date.parse(svg.dataset.to);
    this.points = [...svg.querySelectorAll("[data-point]")].sort((a, b) => this.base(a) - this.base(b));
    this.moving = null;
    this.minutes = 0;
    svg.removeAttribute("aria-hidden");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", WORDS.group);
    svg.setAttribute("aria-describedby", "timeline-keys");
    for (const point of this.points) this.adopt(point);
    this.points[0]?.setAttribute("tabindex", "0");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    form.querySelector("[data-move-back]").addEventListener("click", () => this.back());
  }

  base(point) {
    return Date.parse(point.dataset.at);
  }

  adopt(point) {
    point.setAttribute("role", "slider");
    point.setAttribute("tabindex", "-1");
    point.setAttribute("aria-label", point.dataset.label);
    point.setAttribute("aria-valuemin", "0");
    point.setAttribute("aria-valuemax", String(Math.round((this.to - this.from) / MINUTE)));
    this.place(point, this.base(point));
    point.addEventListener("keydown", (event) => this.key(event, point));
    point.addEventListener("pointerdown", (event) => this.drag(event, point));
  }

  place(point, at) {
    const share = Math.min(Math.max((at - this.from) / (this.to - this.from), 0), 1);
    point.setAttribute("cx", `${(share * 100).toFixed(2)}%`);
    point.setAttribute("aria-valuenow", String(Math.round((share * (this.to - this.from)) / MINUTE)));
    point.setAttribute("aria-valuetext", clock(at, this.zone));
  }

  go(point) {
    for (const one of this.points) one.setAttribute("tabindex", one === point ? "0" : "-1");
    point.focus();
  }

  key(event, point) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) this.move(point, (this.moving === point ? this.minutes : 0) + step * (event.shiftKey ? FAR : 1));
    else if (next) this.go(this.points[this.points.indexOf(point) + next] ?? point);
    else if (event.key === "Enter") this.save();
    else if (event.key === "Escape") this.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  drag(event, point) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.go(point);
    const width = this.svg.getBoundingClientRect().width;
    const already = this.moving === point ? this.minutes : 0;
    const turn = (now) => {
      const passed = ((now.clientX - event.clientX) / width) * (this.to - this.from);
      const within = Math.min(Math.max(this.base(point) + already * MINUTE + passed, this.from), this.to);
      this.move(point, Math.round((within - this.base(point)) / MINUTE));
    };
    const end = () => {
      point.removeEventListener("pointermove", turn);
      point.removeEventListener("pointerup", end);
      point.removeEventListener("pointercancel", end);
    };
    point.setPointerCapture(event.pointerId);
    point.addEventListener("pointermove", turn);
    point.addEventListener("pointerup", end);
    point.addEventListener("pointercancel", end);
  }

  move(point, minutes) {
    if (this.moving && this.moving !== point) this.back();
    const at = this.base(point) + minutes * MINUTE;
    this.moving = minutes ? point : null;
    this.minutes = minutes;
    this.place(point, at);
    point.classList.toggle("is-moving", minutes !== 0);
    this.form.hidden = minutes === 0;
    const other = this.otherZone ? ` (${clock(at, this.otherZone)})` : "";
    const words = WORDS.moved(point.dataset.label, clock(this.base(point), this.zone), clock(at, this.zone) + other);
    this.form.querySelector("[data-move-words]").textContent = minutes ? words : "";
  }

  back() {
    const point = this.moving;
    if (!point) return;
    this.move(point, 0);
    point.focus();
  }

  save() {
    const point = this.moving;
    if (!point || !window.htmx) return;
    this.moving = null; // once
    wanted = `[data-point="${point.dataset.point}"]`;
    const values = { minutes: this.minutes, edition: point.dataset.edition ?? "", was: point.dataset.at };
    window.htmx.ajax("POST", point.dataset.move, {
      source: this.form,
      target: "#timeline",
      select: "#timeline",
      swap: "outerHTML",
      values,
    });
  }
}

const known = new WeakSet();

function adopt() {
  const section = document.getElementById("timeline");
  const svg = section?.querySelector("svg[data-line]");
  const form = section?.querySelector("[data-move-form]");
  if (svg && form && !known.has(svg)) {
    known.add(svg);
    new Line(svg, section, form);
  }
  if (wanted && section) {
    document.querySelector(wanted)?.focus();
    wanted = "";
  }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (form.id !== "timeline-form") return;
  const row = form.dataset.row ?? `row-${form.elements.entry_id?.value}`;
  wanted = `[id="${row}"]`;
});
document.addEventListener("htmx:afterSettle", adopt);
adopt();
