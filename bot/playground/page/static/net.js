// Talking to the server: deeds are posted, parts of the page are fetched.

export const page = document.body.dataset;

export async function post(deed, body) {
  try {
    const answer = await fetch(`${page.base}/do/${deed}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const found = await answer.json();
    if (found.error && !["submit", "suggest"].includes(deed)) toast(found.error);
    return found;
  } catch {
    toast("The local Slack cannot be reached.");
    return { error: "The local Slack cannot be reached." };
  }
}

export async function part(path) {
  const answer = await fetch(`${page.base}/parts/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

export function toast(text) {
  const note = document.createElement("p");
  note.className = "toast";
  note.textContent = text;
  const toasts = document.getElementById("toasts");
  toasts.append(note);
  // Shown anew, so that it lies above a modal that was opened since.
  toasts.hidePopover();
  toasts.showPopover();
  setTimeout(() => note.remove(), 6000);
}

// Runs `load` once at a time; what is asked for meanwhile is done once, afterwards.
export function refresher(load, pause = 40) {
  let running = false;
  let again = false;
  return async function refresh() {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await load();
        await new Promise((resume) => setTimeout(resume, pause));
      }
    } catch (problem) {
      console.warn(problem);
    } finally {
      running = false;
    }
  };
}
