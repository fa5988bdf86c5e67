// Questions: the package against the headless command, and every value that is found forwards again.
import assert from 'node:assert/strict';
import { answersOf, documented, parsed, questions } from './corpus.mjs';

export default ({ root, command, installed, module: { evaluate, evaluateText, solve, solveText } }) => {
  const example = documented(root);
  return {
    'the documented question gives the documented solution': () => {
      assert.equal(solveText(example.question), example.solution);
      assert.equal(JSON.stringify(solve(JSON.parse(example.question))), example.solution);
    },
    'imported by name it solves what the command solves': () => {
      const program = `import { solve } from 'margin-calculator';
        console.log(JSON.stringify(solve(${example.question})));`;
      assert.equal(installed.run('solve.js', program), `${answersOf(command('solve'), [example.question])}\n`);
    },
    'every question gives what the command gives': () => {
      const lines = [...questions(example)];
      const solutions = answersOf(command('solve'), lines);
      assert.equal(solutions.length, lines.length);
      lines.forEach((line, index) => assert.equal(solveText(line), solutions[index], line));
      const states = solutions.map((solution) => JSON.parse(solution).state);
      for (const state of ['found', 'unreachable', undefined]) {
        assert.ok(states.filter((found) => found === state).length > 3, `${state} of ${lines.length}`);
      }
      console.log(`${lines.length} questions`);
    },
    'what is found is computed forwards again': () => {
      let found = 0;
      for (const line of questions(example)) {
        const question = parsed(line);
        const { state, change, report } = solve(question);
        if (state !== 'found') continue;
        found += 1;
        const [, row, key] = /^positions\[(\d+)\]\.(\w+)$/.exec(change.field) ?? [undefined, undefined, change.field];
        const { scenario } = question;
        (row === undefined ? scenario : scenario.positions[row])[key] = change.value;
        assert.equal(evaluateText(JSON.stringify(scenario)), JSON.stringify(report), line);
        assert.deepEqual(evaluate(scenario), report);
      }
      assert.ok(found > 10, `${found} found`);
    },
  };
};
