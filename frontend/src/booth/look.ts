/** A booth is dark, as the hall often is; whoever wants it bright can have it. */
type Look = "dark" | "light";

const NAME = "booth.look";

export function startLook(): void {
  show(localStorage.getItem(NAME) === "light" ? "light" : "dark");
}

export function switchLook(): void {
  const next = document.documentElement.dataset["look"] === "dark" ? "light" : "dark";
  localStorage.setItem(NAME, next);
  show(next);
}

function show(look: Look): void {
  document.documentElement.dataset["look"] = look;
  document.documentElement.style.colorScheme = look;
}
