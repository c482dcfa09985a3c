// Lists and menus that float above everything, beside what opened them.

const anchors = new Map();

export function openFloat(float, anchor, { wide = false } = {}) {
  float.popover = "manual";
  float.hidden = false;
  if (!float.matches(":popover-open")) float.showPopover();
  anchors.set(float, [anchor, wide]);
  place(float, anchor, wide);
}

export function closeFloat(float) {
  anchors.delete(float);
  if (float.matches(":popover-open")) float.hidePopover();
  float.hidden = true;
}

function place(float, anchor, wide) {
  const box = anchor.getBoundingClientRect();
  if (wide) float.style.width = `${box.width}px`;
  const below = innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const upwards = below < Math.min(float.scrollHeight, 240) && above > below;
  float.style.maxHeight = `${Math.min(320, upwards ? above : below)}px`;
  const left = Math.max(8, Math.min(box.left, innerWidth - float.offsetWidth - 8));
  float.style.left = `${left}px`;
  float.style.top = upwards ? `${box.top - float.offsetHeight - 4}px` : `${box.bottom + 4}px`;
}

// Floats stay beside what opened them while that is scrolled.
export function followScroll() {
  const follow = ({ target }) => {
    for (const [float, [anchor, wide]] of anchors) {
      if (!float.isConnected) anchors.delete(float);
      else if (!float.contains(target)) place(float, anchor, wide);
    }
  };
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  addEventListener("resize", follow);
}
