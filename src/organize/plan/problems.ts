/** Collects what cannot be done, alike ones together: one line for thirty items, not thirty lines. */
export interface Problem {
  /** What it is about: `"Lisbon"`, `descriptions`. */
  subject: string;
  reason: string;
  /** The first few items concerned, as the caller named them, and how many there are. */
  examples: string[];
  count: number;
  /** What to do instead. */
  next?: string;
}

const MOST_EXAMPLES = 5;

/** What cannot be done, as it is found. */
export interface Problems {
  add(subject: string, reason: string, options?: { name?: string; next?: string }): void;
  readonly list: readonly Problem[];
}

/** An empty list of problems. */
export function createProblems(): Problems {
  const list: Problem[] = [];
  return {
    list,
    add(subject, reason, { name, next } = {}) {
      const known = list.find((problem) => problem.subject === subject && problem.reason === reason);
      const problem = known ?? { subject, reason, examples: [], count: 0, next };
      if (!known) list.push(problem);
      problem.count++;
      if (name !== undefined && problem.examples.length < MOST_EXAMPLES) problem.examples.push(name);
    },
  };
}
