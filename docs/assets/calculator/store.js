/**
 * What this device remembers between visits: the last place, and large print. Never the case: that lives in the address only.
 */

const KEY = "canbao.calculator";

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** The policy last chosen here, when it is still one of those known. */
export function rememberedPolicy(known) {
  const { policy } = read();
  return known.some((entry) => entry.policy === policy) ? policy : null;
}

export function rememberedLarge() {
  return read().large === true;
}

/** Keeps one thing; a browser that keeps nothing loses only convenience. */
export function remember(change) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...change }));
  } catch {
    // Storage is full or switched off.
  }
}
