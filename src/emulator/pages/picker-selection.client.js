/** What is chosen, in the order of choosing, never more than the maximum. Outlives searches. */
export class Selection extends EventTarget {
  /** @param {number} max */
  constructor(max) {
    super();
    this.max = max;
    /** @type {Set<string>} */
    this.ids = new Set();
  }

  get size() {
    return this.ids.size;
  }

  /** @param {string} id */
  has(id) {
    return this.ids.has(id);
  }

  /**
   * Chooses or lets go several at once; what is over the maximum is left out, and told as `full`.
   * @param {string[]} ids
   * @param {boolean} chosen
   */
  set(ids, chosen) {
    let isFull = false;
    for (const id of ids) {
      if (!chosen) this.ids.delete(id);
      else if (this.ids.size < this.max || this.ids.has(id)) this.ids.add(id);
      else isFull = true;
    }
    this.dispatchEvent(new Event('change'));
    if (isFull) this.dispatchEvent(new Event('full'));
  }

  clear() {
    this.ids.clear();
    this.dispatchEvent(new Event('change'));
  }
}
