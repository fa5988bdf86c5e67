// Scenarios: the package against the headless command, byte for byte.
import assert from 'node:assert/strict';
import { answersOf, documented, parsed, scenarios } from './corpus.mjs';

export default ({ root, command, installed, module: { evaluate, evaluateText } }) => {
  const example = documented(root);
  return {
    'the documented scenario gives the documented report': () => {
      assert.equal(evaluateText(example.scenario), example.report);
      // An object too: its keys come in the order of the format.
      assert.equal(JSON.stringify(evaluate(JSON.parse(example.scenario))), example.report);
    },
    'imported by name it prints what the command prints': () => {
      const program = `import { evaluate } from 'margin-calculator';
        console.log(JSON.stringify(evaluate(${example.scenario})));`;
      assert.equal(installed.run('evaluate.js', program), `${answersOf(command('evaluate'), [example.scenario])}\n`);
    },
    'every line gives what the command gives': () => {
      const lines = [...scenarios(example)];
      const reports = answersOf(command('evaluate'), lines);
      assert.equal(reports.length, lines.length);
      lines.forEach((line, index) => assert.equal(evaluateText(line), reports[index], line));
      assert.ok(reports.some((report) => JSON.parse(report).positions?.length > 1));
      assert.ok(reports.some((report) => JSON.parse(report).problems.length > 0));
      console.log(`${lines.length} lines`);
    },
    'an object gives what its text gives': () => {
      for (const line of scenarios(example)) {
        const scenario = parsed(line);
        if (scenario === undefined) continue;
        assert.equal(JSON.stringify(evaluate(scenario)), evaluateText(JSON.stringify(scenario)), line);
      }
    },
  };
};
