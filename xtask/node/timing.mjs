// Times for the benchmarks: in microseconds, and as rows of a table.

const ROUNDS = 9;
const ROUND_MILLISECONDS = 60;

/** Microseconds for one of the `times` that `run` is asked for, the middle of several rounds. */
export function timed(run) {
  // Until the engine has compiled its best code, and to learn how many fill a round.
  let times = 1;
  for (let took = 0; took < ROUND_MILLISECONDS; ) {
    times *= 2;
    const begun = performance.now();
    run(times);
    took = performance.now() - begun;
  }
  const rounds = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    run(times);
    return ((performance.now() - begun) * 1000) / times;
  });
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

/** `ok` or `MISS`, with the aim. */
export function verdict(value, aim, digits) {
  return `${value <= aim ? 'ok  ' : 'MISS'} <= ${aim.toFixed(digits)}`;
}
