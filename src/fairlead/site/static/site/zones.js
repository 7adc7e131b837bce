// The names of all time zones come from the browser, which has them, and not with every page. Its own zone stands first.

const all = () => (Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : []).filter((name) => name.includes("/"));
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const list of document.querySelectorAll("select[data-zones]")) {
  const there = new Set(Array.from(list.options, (option) => option.value));
  const group = document.createElement("optgroup");
  group.label = "All";
  for (const name of all()) if (!there.has(name)) group.append(new Option(name, name));
  if (group.children.length) list.append(group);
  const mine = Array.from(list.options).find((option) => option.value === here);
  if (mine) list.insertBefore(mine, list.options[there.has("") ? 1 : 0]);
}
