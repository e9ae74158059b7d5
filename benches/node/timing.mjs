// How long things take: every question by itself for percentiles, many together where one is too short to time.
const PASSES = 9;

const sorted = (numbers) => Float64Array.from(numbers).sort();
export const median = (numbers) => at(sorted(numbers), 0.5);
const at = (numbers, share) => numbers[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];

const now = () => Number(process.hrtime.bigint()) / 1000;

/** Median time of each question over the passes, in µs; of these the 50th and the 99th percentile. */
export function each(questions, answer) {
  const times = questions.map(() => []);
  // The first pass is for the compiler.
  for (let pass = -1; pass < PASSES; pass++) {
    questions.forEach((question, index) => {
      const start = now();
      keep(answer(question));
      if (pass >= 0) times[index].push(now() - start);
    });
  }
  const medians = sorted(times.map(median));
  return { p50: at(medians, 0.5), p99: at(medians, 0.99) };
}

/** Mean time of one of many questions, the median of the passes, in µs. `fresh` makes the questions of a pass. */
export function together(fresh, answer) {
  const means = [];
  for (let pass = -3; pass < PASSES; pass++) {
    const questions = fresh();
    const start = now();
    for (const question of questions) keep(answer(question));
    if (pass >= 0) means.push((now() - start) / questions.length);
  }
  return { p50: median(means) };
}

/** Median time of one call, in µs. */
export function one(call, times = 400) {
  const all = [];
  for (let index = -times; index < times; index++) {
    const start = now();
    keep(call());
    if (index >= 0) all.push(now() - start);
  }
  const medians = sorted(all);
  return { p50: at(medians, 0.5), p99: at(medians, 0.99) };
}

// What is answered must be looked at, or a compiler leaves the question out.
let kept;
function keep(answer) {
  kept = answer;
}
export const last = () => kept;
